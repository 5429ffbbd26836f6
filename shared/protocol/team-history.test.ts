import { expect, it } from 'vitest';
import { WallId } from '../model/ids.ts';
import { readTeamHistory, readTeamMoment } from './team-history.ts';

const wall = WallId.parse('main');
const at = '2026-06-01T12:00:00.000Z';
const changes = [
  { number: 1, actor: 'user:a', at, carried: false, edits: [{ type: 'set', root: 'settings', key: 'name' }] },
  {
    number: 2,
    actor: 'user:b',
    at,
    carried: false,
    edits: [{ type: 'record-added', root: 'tiles', id: 't' }],
  },
];

it('a page of what was done comes newest first, with who and when', async () => {
  const asked: string[] = [];
  const read = await readTeamHistory(
    async (path) => {
      asked.push(path);
      const answer = path.includes('changes') ? { changes } : { entries: [{ number: 2 }, { number: 1 }] };
      return Promise.resolve(Response.json(answer));
    },
    { wall, before: 3 },
  );
  expect(asked).toEqual([
    'history/wall:main?limit=60&before=3',
    'history/wall:main/changes?after=0&up_to=2&edits=300',
  ]);
  expect(read).toMatchObject({ ok: true, value: [{ number: 2, actor: 'user:b' }, { number: 1 }] });
  if (read.ok) expect(read.value[0]?.atMs).toBe(Date.parse(at));
});

it.each([
  ['is away', async () => Promise.reject(new Error('away')), /cannot be asked now/],
  ['forgot', async () => Promise.resolve(Response.json({}, { status: 404 })), /not kept any more/],
  ['says no', async () => Promise.resolve(Response.json({}, { status: 403 })), /role/],
  [
    'says something else',
    async () => Promise.resolve(Response.json({ wall: { tiles: 7 } })),
    /cannot be read/,
  ],
])('a server that %s is told in words', async (_name, ask, words) => {
  const read = await readTeamMoment(ask, { wall, number: 1 });
  expect(read).toMatchObject({ ok: false, error: { message: expect.stringMatching(words) as unknown } });
});
