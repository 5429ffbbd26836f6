import { describe, expect, it } from 'vitest';
import type { RuleMatch } from '../model/arrangement.ts';
import { RuleId, StreamId, TileId } from '../model/ids.ts';
import { Link, StreamCode } from '../model/stream.ts';
import { copyWall } from './copy-wall.ts';
import { placeByRules } from './place-by-rules.ts';
import { rotateByRules } from './rotate-by-rules.ts';
import { actorOfRule } from './rule-sight.ts';
import { createTestWall, type TestWall } from './test-wall.ts';
import { TEST_NOW } from './test-desk.ts';
import type { StreamView } from './view.ts';

const live = (id: string, more: Partial<StreamView> = {}): StreamView => ({
  id: StreamId.parse(id),
  link: Link.parse(`https://www.twitch.tv/${id}`),
  platform: 'twitch',
  kind: 'video',
  code: StreamCode.parse(id),
  status: 'live',
  startedAt: TEST_NOW - 60_000,
  addedAt: 0,
  ...more,
});

const rule = RuleId.parse('r1');
const same = (id: StreamId) => id;

function wallWith(match: RuleMatch, enabled = true, name = 'a') {
  const wall = createTestWall(name);
  wall.act({ type: 'set-grid', grid: { cols: 2, rows: 1 } });
  wall.act({ type: 'put-rule', rule, name: 'Rule', enabled, match });
  return wall;
}

const deeds = (wall: TestWall, streams: readonly StreamView[], most = 9) =>
  placeByRules({ wall: wall.view(), streams, resolve: same }, most);
const placed = (wall: TestWall, streams: readonly StreamView[], most = 9) =>
  deeds(wall, streams, most).map(({ command }) => ('stream' in command ? command.stream : ''));
const perform = (wall: TestWall, streams: readonly StreamView[]) => {
  for (const { command } of deeds(wall, streams)) wall.act(command);
};

const place = (wall: TestWall, tile: string, stream: string, x = 0) =>
  wall.act({
    type: 'place-stream',
    tile: TileId.parse(tile),
    stream: StreamId.parse(stream),
    at: { x, y: 0, w: 1, h: 1 },
  });

describe('a rule that fills', () => {
  it('[W20] puts what is live and has all that it names on free cells, until the wall is full', () => {
    const wall = wallWith({ city: 'Portland', tag: 'street' });
    const street = { city: 'portland', tags: ['Street'] };
    const streams = [
      live('one', street),
      live('two', { city: 'Portland' }),
      live('three', street),
      live('four', { ...street, startedAt: TEST_NOW }),
    ];
    expect(placed(wall, streams)).toEqual(['one', 'three']);
    expect(placed(wall, streams, 1)).toEqual(['one']);
    perform(wall, streams);
    expect(wall.view().tiles.map(({ stream, place: at, rule: by }) => [stream, at?.x, by])).toEqual([
      ['one', 0, rule],
      ['three', 1, rule],
    ]);
    expect(placed(wall, streams)).toEqual([]);
  });

  it('[W20] that is off does nothing; one that names nothing means the pinned', () => {
    expect(placed(wallWith({ platform: 'twitch' }, false), [live('one')])).toEqual([]);
    expect(placed(wallWith({}), [live('one'), live('two', { pinned: true })])).toEqual(['two']);
  });

  it('[W20] brings nothing back from the bench, moves nothing, and shows nothing that is refused, waits or is not live', () => {
    const wall = wallWith({ platform: 'twitch' });
    place(wall, 't', 'one');
    wall.act({ type: 'bench-tile', tile: TileId.parse('t') });
    const others = [
      live('two', { moderation: 'waiting' }),
      live('three', { status: 'offline' }),
      live('four', { archived: true }),
    ];
    expect(placed(wall, [live('one'), ...others])).toEqual([]);
  });

  it('[W20] shows a stream that turned out to be one with another once', () => {
    const wall = wallWith({ platform: 'twitch' });
    place(wall, 't', 'old');
    const resolve = (id: StreamId) => (id === 'old' ? StreamId.parse('new') : id);
    expect(placeByRules({ wall: wall.view(), streams: [live('new')], resolve }, 9)).toEqual([]);
  });

  it('[W20] performed on two machines at once makes one tile', () => {
    const [one, other] = [wallWith({ platform: 'twitch' }), wallWith({ platform: 'twitch' }, true, 'b')];
    expect(deeds(one, [live('x')])[0]?.command).toEqual(
      deeds(other, [live('x', { startedAt: 5 })])[0]?.command,
    );
  });

  it('[W21] brings nothing back that a person took off, until its next broadcast', () => {
    const wall = wallWith({ platform: 'twitch' });
    perform(wall, [live('one')]);
    const [tile] = wall.view().tiles;
    wall.act({ type: 'remove-tile', tile: tile?.id ?? TileId.parse('none') });
    expect(placed(wall, [live('one')])).toEqual([]);
    expect(placed(wall, [live('one', { startedAt: TEST_NOW + 60_000 })])).toEqual(['one']);
    expect(wall.undo()).toBe('');
    expect(wall.view()).toMatchObject({ takenOff: {}, tiles: [{ stream: 'one' }] });
  });

  it('[W21] keeps to that when a person shows something else in the tile, and finds the stream another tile later', () => {
    const wall = wallWith({ platform: 'twitch' });
    perform(wall, [live('one')]);
    const tile = wall.view().tiles[0]?.id ?? TileId.parse('none');
    wall.act({ type: 'put-stream', tile, stream: StreamId.parse('mine') });
    expect(wall.view().tiles[0]).not.toHaveProperty('rule');
    expect(placed(wall, [live('one')])).toEqual([]);
    perform(wall, [live('one', { startedAt: TEST_NOW + 60_000 })]);
    expect(wall.view().tiles.map(({ stream }) => stream)).toEqual(['mine', 'one']);
  });

  it('[W21] forgets what was taken off a week ago, and a wall without rules remembers nothing', () => {
    const time = { nowMs: TEST_NOW };
    const wall = createTestWall('a', time);
    place(wall, 't', 'one');
    wall.act({ type: 'remove-tile', tile: TileId.parse('t') });
    expect(wall.view().takenOff).toEqual({});
    wall.act({ type: 'put-rule', rule, name: 'Rule', enabled: false, match: {} });
    for (const stream of ['two', 'three']) {
      place(wall, stream, stream);
      wall.act({ type: 'remove-tile', tile: TileId.parse(stream) });
      time.nowMs += 8 * 86_400_000;
    }
    expect(Object.keys(wall.view().takenOff)).toEqual(['three']);
  });

  it('acts under its name', () => {
    expect(actorOfRule({ name: 'Pinned & live!', id: rule })).toBe('rule:pinned-live');
    expect(actorOfRule({ name: '★', id: rule })).toBe('rule:r1');
  });
});

describe('a rule that rotates a tile', () => {
  const tile = TileId.parse('t');
  const rotating = () => {
    const wall = createTestWall('a');
    const rotate = { tile, everySeconds: 60 };
    wall.act({ type: 'put-rule', rule, name: 'Turns', enabled: true, match: { platform: 'twitch' }, rotate });
    place(wall, 't', 'one');
    return wall;
  };
  const streams = ['one', 'two', 'three'].map((id, addedAt) => live(id, { addedAt }));
  const turn = (wall: TestWall, at: number, list = streams, last = at - 1) =>
    rotateByRules(
      { wall: wall.view(), streams: list, resolve: same },
      new Map([[rule, last]]),
      at * 60_000,
    ).deeds.map(({ command }) => ('stream' in command ? command.stream : ''));

  it('[W22] shows each live stream that it names in turn, once a turn, and the same wherever it is performed', () => {
    const wall = rotating();
    expect(turn(wall, 4)).toEqual(['two']);
    expect(turn(wall, 5)).toEqual(['three']);
    expect(turn(wall, 6)).toEqual([]);
    expect(turn(wall, 4, streams, 4)).toEqual([]);
    expect(rotateByRules({ wall: wall.view(), streams, resolve: same }, new Map(), 240_000).deeds).toEqual(
      [],
    );
    wall.act({ type: 'put-stream', tile, stream: StreamId.parse('two'), rule });
    expect(wall.view()).toMatchObject({ tiles: [{ stream: 'two', rule }], takenOff: {} });
  });

  it('[W22] leaves a tile that is heard, that is gone, or that shows what a person put there', () => {
    const wall = rotating();
    wall.act({ type: 'listen', tile });
    expect(turn(wall, 4)).toEqual([]);
    wall.act({ type: 'listen', tile: null });
    wall.act({ type: 'put-stream', tile, stream: StreamId.parse('mine') });
    expect(turn(wall, 4, [...streams, live('mine', { platform: 'kick' })])).toEqual([]);
    wall.act({ type: 'remove-tile', tile });
    expect(turn(wall, 4)).toEqual([]);
  });

  it('[W22] passes over what is not live, stands elsewhere on the wall, or was taken off by a person', () => {
    const wall = rotating();
    place(wall, 'u', 'two', 1);
    expect(turn(wall, 4)).toEqual([]);
    expect(turn(wall, 5)).toEqual(['three']);
    expect(turn(wall, 5, [...streams.slice(0, 2), live('three', { status: 'offline' })])).toEqual([]);
    place(wall, 'v', 'three', 2);
    wall.act({ type: 'remove-tile', tile: TileId.parse('v') });
    expect(turn(wall, 5)).toEqual([]);
  });

  it('[W22] can be made one that fills again, and goes along when a wall is copied', () => {
    const wall = rotating();
    const copy = copyWall(wall.view(), 'Copy');
    expect(copy.rules).toMatchObject([{ enabled: false, rotate: { tile, everySeconds: 60 } }]);
    const other = createTestWall('b');
    other.act({ type: 'load-arrangement', arrangement: copy });
    expect(other.view().rules).toMatchObject([{ rotate: { tile } }]);
    wall.act({ type: 'put-rule', rule, name: 'Turns', enabled: true, match: { platform: 'twitch' } });
    expect(wall.view().rules[0]).not.toHaveProperty('rotate');
  });
});
