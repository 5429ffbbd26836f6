import { expect, it } from 'vitest';
import { mergeActivity } from './merge-activity.ts';

const sample = (atMs: number, connections: number, edits: number) => ({
  ...{ atMs, connections, documents: 1, memoryBytes: 100, edits },
  ...{ refusedEdits: 0, requests: 1, failedRequests: 0 },
});
const shown = (pasts: ReturnType<typeof sample>[][]) =>
  mergeActivity(pasts).map(({ atMs, connections, edits }) => [atMs, connections, edits]);

it('[IN3] what happened at several instances is added up, stretch by stretch', () => {
  expect(
    shown([
      [sample(10_001, 2, 5), sample(20_002, 3, 6)],
      [sample(13_000, 10, 50), sample(23_000, 20, 60)],
    ]),
  ).toEqual([
    [10_000, 12, 55],
    [20_000, 23, 66],
  ]);
});

it('[IN3] an instance that sampled twice in a stretch, or not at all in one, counts once in it', () => {
  expect(
    shown([
      [sample(10_000, 1, 1), sample(19_900, 2, 2), sample(40_100, 3, 3)],
      [sample(11_000, 10, 0), sample(21_000, 10, 0), sample(31_000, 10, 0), sample(41_000, 10, 0)],
    ]),
  ).toEqual([
    [10_000, 12, 3],
    [20_000, 12, 0],
    [30_000, 12, 0],
    [40_000, 13, 3],
  ]);
});

it('[IN3] an instance that ended is in the past only, and one that is about to sample is not missed', () => {
  expect(
    shown([
      [sample(10_000, 1, 1)],
      [sample(10_000, 2, 0), sample(20_000, 2, 0), sample(30_000, 2, 0), sample(40_000, 2, 0)],
    ]).map(([, connections]) => connections),
  ).toEqual([3, 3, 2, 2]);
  expect(mergeActivity([])).toEqual([]);
});
