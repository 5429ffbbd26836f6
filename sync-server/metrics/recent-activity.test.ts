import { expect, it } from 'vitest';
import { createRecentActivity } from './recent-activity.ts';

it('the last hour of a server is what happened between its samples, and no longer', () => {
  let nowMs = 0;
  const recent = createRecentActivity({
    clock: { nowMs: () => nowMs },
    ...{ connections: () => 3, documents: () => 2, memoryBytes: () => 1_000 },
  });
  recent.room.committed(40, 1);
  recent.room.refused('malformed');
  recent.request.answered('/api/v1/me', 200, 1);
  recent.request.answered('/api/v1/me', 503, 1);
  nowMs = 10_000;
  recent.sample();
  nowMs = 20_000;
  recent.sample();
  const counted = { edits: 40, refusedEdits: 1, requests: 2, failedRequests: 1 };
  const still = { connections: 3, documents: 2, memoryBytes: 1_000 };
  expect(recent.samples()).toEqual([
    { atMs: 10_000, ...still, ...counted },
    { atMs: 20_000, ...still, edits: 0, refusedEdits: 0, requests: 0, failedRequests: 0 },
  ]);
  for (let more = 0; more < 1_000; more += 1) recent.sample();
  expect(recent.samples().length).toBe(360);
});
