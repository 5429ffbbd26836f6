import { expect, it } from 'vitest';
import { StreamId, TileId, WallId } from '../model/ids.ts';
import { listPeople, ownPresence, type Touch } from './team-presence.ts';

const wall = WallId.parse('main');
const touch: Touch = {
  wall,
  at: { kind: 'tile', tile: TileId.parse('t') },
  ghost: { at: { x: 1, y: 0, w: 1, h: 1 }, stream: StreamId.parse('s') },
  typing: false,
};
const tiles = { plays: [TileId.parse('t')], others: [] };
const shown = new Map([[wall, tiles]]);
const at = (...states: readonly unknown[]) => new Map(states.map((state, index) => [index, state]));

it('what one touches is shown at that wall alone, and who shows a wall at the walls it shows', () => {
  expect(ownPresence('catalogue', 'Ana', touch, shown)).toEqual({ name: 'Ana' });
  expect(ownPresence('wall:main', 'Ana', touch, shown)).toEqual({ name: 'Ana', shows: true, tiles, touch });
  expect(ownPresence('wall:other', 'Ana', touch)).toEqual({ name: 'Ana' });
  expect(ownPresence('catalogue', undefined, null, shown)).toBe(null);
});

it('people, bots and walls are each there once, with what they touch and what is wrong with them', () => {
  const bot = { state: 'reconnecting', words: 'Discord is away.', behind: 0, messagesRead: 0, linksFound: 0 };
  const counts = { outcomes: {}, refused: {}, waiting: 0, lagMs: 0 };
  const catalogue = at({ name: 'Ana' }, { name: 'Bo' }, { worker: 'discord', bot: { ...bot, ...counts } });
  const people = listPeople([catalogue, at({ name: 'Ana', shows: true, touch })]);
  expect(people).toEqual([
    { name: 'Ana', kind: 'wall' },
    { name: 'Bo', kind: 'person' },
    { name: 'Ana', kind: 'person', touch },
    { name: 'discord', kind: 'bot', trouble: 'Discord is away.' },
  ]);
});

it.each([[null], ['x'], [{ name: '' }], [{ name: 'x'.repeat(81) }], [{ worker: 7 }], [[]]])(
  'what is no presence, as %j, is nobody',
  (state) => {
    expect(listPeople([at(state)])).toEqual([]);
  },
);

it('a touch that cannot be is left out, and crowds are bounded', () => {
  expect(listPeople([at({ name: 'Ana', touch: { ...touch, at: { kind: 'moon' } } })])).toEqual([
    { name: 'Ana', kind: 'person' },
  ]);
  const crowd = Array.from({ length: 1000 }, (_, index) => ({ name: `p${String(index)}` }));
  expect(listPeople([at(...crowd)])).toHaveLength(200);
});

it('says how many checkers there are, which platform is cut off, which key is refused, and that the sheet is away', () => {
  const checker = {
    name: 'a',
    beat: 1,
    streams: 9,
    asked: 1,
    troubles: [] as object[],
    push: [] as object[],
  };
  const state = (more: object = {}) => ({ worker: 'status', checker: { ...checker, ...more } });
  expect(listPeople([at(state(), state(), state())])).toEqual([{ name: 'status ×3', kind: 'bot' }]);
  // One was killed.
  expect(listPeople([at(state(), state()), at(state())])).toEqual([{ name: 'status ×2', kind: 'bot' }]);
  const troubles = [{ host: 'kick.com', cause: 'status', reason: 'It answers 503.', until: 0 }];
  expect(listPeople([at(state(), state({ troubles }))])).toEqual([
    { name: 'status ×2', kind: 'bot', trouble: 'kick.com: It answers 503.' },
  ]);
  const push = [{ platform: 'twitch', state: 'refused', channels: 0, words: 'The token was taken back.' }];
  expect(listPeople([at(state({ push }))])).toMatchObject([{ trouble: 'twitch: The token was taken back.' }]);
  const sheet = { waiting: 4, mode: 'sheet-first', nextAt: 0, conflicts: [], problems: [] };
  expect(
    listPeople([at({ worker: 'sheet', sheet: { ...sheet, trouble: 'The sheet does not answer.' } })]),
  ).toEqual([{ name: 'sheet', kind: 'bot', trouble: 'The sheet does not answer.' }]);
});
