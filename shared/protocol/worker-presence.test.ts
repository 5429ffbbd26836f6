import { describe, expect, it } from 'vitest';
import { StreamId } from '../model/ids.ts';
import { noteReads, readWorkerPresence } from './worker-presence.ts';

const NOW = Date.UTC(2026, 7, 1, 12);
const MINUTE = 60_000;
const id = StreamId.parse('ann');

describe('the presence of workers', () => {
  it('is read part by part: what is forged or damaged costs that part, and throws nothing', () => {
    const states = new Map<number, unknown>([
      [1, null],
      [2, 'text'],
      [3, { checker: { name: 7 }, reads: [{ id: 'ann', at: NOW }], sheet: [], checkNow: { ids: 'all' } }],
      [4, { reads: Array.from({ length: 5000 }, () => ({ id: 'ann', at: NOW })) }],
      [5, { reads: [{ id: 'ann', at: NOW, viewers: -4, thumbnail: 'http://plain.example/x.jpg' }] }],
    ]);
    const read = readWorkerPresence(states);
    expect([...read.keys()]).toEqual([3, 4, 5]);
    expect(read.get(3)).toMatchObject({ checker: undefined, sheet: undefined, checkNow: undefined });
    expect(read.get(3)?.reads).toHaveLength(1);
    expect(read.get(4)?.reads).toBeUndefined();
    expect(read.get(5)?.reads).toEqual([{ id: 'ann', at: NOW, viewers: undefined, thumbnail: undefined }]);
  });

  it('is put together read by read: the newest counts, the old is forgotten, and the future is not believed', () => {
    const first = noteReads(new Map(), [{ reads: [{ id, at: NOW, viewers: 5 }] }], NOW);
    expect(first.get(id)?.viewers).toBe(5);
    expect(noteReads(first, [{ reads: [{ id, at: NOW - 1, viewers: 4 }] }], NOW)).toBe(first);
    expect(noteReads(first, [{ reads: [{ id, at: NOW + 60 * MINUTE, viewers: 9 }] }], NOW)).toBe(first);
    const bob = StreamId.parse('bob');
    const later = noteReads(first, [{ reads: [{ id: bob, at: NOW + 40 * MINUTE }] }], NOW + 40 * MINUTE);
    expect([...later.keys()]).toEqual([bob]);
  });
});
