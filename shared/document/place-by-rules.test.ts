import { describe, expect, it } from 'vitest';
import { RuleId, StreamId, TileId } from '../model/ids.ts';
import { Link, StreamCode } from '../model/stream.ts';
import type { RuleMatch } from '../model/arrangement.ts';
import { placeByRules } from './place-by-rules.ts';
import { createTestWall } from './test-wall.ts';
import type { StreamView } from './view.ts';

const live = (id: string, more: Partial<StreamView> = {}): StreamView => ({
  id: StreamId.parse(id),
  link: Link.parse(`https://www.twitch.tv/${id}`),
  platform: 'twitch',
  kind: 'video',
  code: StreamCode.parse(id),
  status: 'live',
  startedAt: Date.UTC(2026, 7, 1),
  addedAt: 0,
  ...more,
});

function wallWith(match: RuleMatch, enabled = true) {
  const wall = createTestWall('a');
  wall.act({ type: 'set-grid', grid: { cols: 2, rows: 1 } });
  wall.act({ type: 'put-rule', rule: RuleId.parse('r1'), name: 'Rule', enabled, match });
  return wall;
}

const placed = (wall: ReturnType<typeof wallWith>, streams: readonly StreamView[]) =>
  placeByRules(wall.view(), streams).map(({ command }) => ('stream' in command ? command.stream : ''));

describe('a rule', () => {
  it('[W20] puts what went live and has all that it names on free cells, until the wall is full', () => {
    const wall = wallWith({ city: 'Portland', tag: 'street' });
    const street = { city: 'portland', tags: ['Street'] };
    const streams = [
      live('one', street),
      live('two', { city: 'Portland' }),
      live('three', street),
      live('four', street),
    ];
    expect(placed(wall, streams)).toEqual(['one', 'three']);
    for (const { command } of placeByRules(wall.view(), streams)) wall.act(command);
    expect(wall.view().tiles.map(({ stream, place }) => [stream, place?.x])).toEqual([
      ['one', 0],
      ['three', 1],
    ]);
    expect(placed(wall, streams)).toEqual([]);
  });

  it('[W20] that is off does nothing; one that names nothing means the pinned', () => {
    expect(placed(wallWith({ platform: 'twitch' }, false), [live('one')])).toEqual([]);
    expect(placed(wallWith({}), [live('one'), live('two', { pinned: true })])).toEqual(['two']);
  });

  it('[W20] brings nothing back from the bench, moves nothing, and shows nothing that is refused, waits or is not live', () => {
    const wall = wallWith({ platform: 'twitch' });
    wall.act({
      type: 'place-stream',
      tile: TileId.parse('t'),
      stream: StreamId.parse('one'),
      at: { x: 0, y: 0, w: 1, h: 1 },
    });
    wall.act({ type: 'bench-tile', tile: TileId.parse('t') });
    const others = [
      live('two', { moderation: 'waiting' }),
      live('three', { status: 'offline' }),
      live('four', { archived: true }),
    ];
    expect(placed(wall, [live('one'), ...others])).toEqual([]);
  });

  it('[W20] asked twice about one broadcast names the same tile, about the next another', () => {
    const tileOf = (stream: StreamView) =>
      placeByRules(wallWith({ platform: 'twitch' }).view(), [stream])[0]?.command;
    expect(tileOf(live('one'))).toEqual(tileOf(live('one')));
    expect(tileOf(live('one', { startedAt: 5 }))).not.toEqual(tileOf(live('one')));
  });
});
