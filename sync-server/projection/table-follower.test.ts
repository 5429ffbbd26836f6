import { beforeEach, describe, expect, it } from 'vitest';
import { LogUnavailable } from '../documents/update-log.ts';
import { TableFollower } from './table-follower.ts';

/** Time that passes when a test says so. */
let nowMs: number;
let waiting: { atMs: number; work: () => void }[];
let reached: number[];
let standing: { last: number; tables: number };
let reach: (number: number) => Promise<number>;
let follower: TableFollower;
let stop: () => Promise<void>;
const errors: unknown[] = [];

beforeEach(() => {
  nowMs = 0;
  waiting = [];
  reached = [];
  standing = { last: 0, tables: 0 };
  reach = async (number) => Promise.resolve(number);
  follower = new TableFollower({
    desk: {
      reach: async (number) => {
        reached.push(number);
        return reach(number);
      },
    },
    standing: async () => Promise.resolve(standing),
    clock: { nowMs: () => nowMs },
    timers: {
      afterThisTurn: (work) => void waiting.push({ atMs: nowMs, work }),
      after: (delayMs, work) => {
        const entry = { atMs: nowMs + delayMs, work };
        waiting.push(entry);
        return () => {
          waiting = waiting.filter((one) => one !== entry);
        };
      },
    },
    logger: { info: () => undefined, warn: () => undefined, error: (...what) => void errors.push(what) },
  });
  stop = follower.start();
});

async function pass(ms: number): Promise<void> {
  const untilMs = nowMs + ms;
  for (;;) {
    // What was begun goes on first.
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
    const [next] = waiting.filter(({ atMs }) => atMs <= untilMs).toSorted((a, b) => a.atMs - b.atMs);
    if (next === undefined) break;
    nowMs = Math.max(nowMs, next.atMs);
    waiting = waiting.filter((one) => one !== next);
    next.work();
  }
  nowMs = untilMs;
}

describe('tables that follow', () => {
  it('[TB1] are written a moment after something is stored, once for what comes together', async () => {
    follower.stored(1);
    follower.stored(3);
    follower.stored(2);
    await pass(20);
    expect(reached).toEqual([3]);
    follower.stored(4);
    await pass(20);
    expect(reached).toEqual([3, 4]);
  });

  it('[TB1] rest as long as they took, and then write what came meanwhile', async () => {
    let finish = (): void => undefined;
    reach = async (number) => new Promise((resolve) => (finish = () => resolve(number)));
    follower.stored(1);
    await pass(20);
    follower.stored(2);
    await pass(80);
    expect(reached).toEqual([1]);
    finish();
    await pass(80);
    expect(reached).toEqual([1]);
    await pass(20);
    expect(reached).toEqual([1, 2]);
    finish();
    await pass(1);
  });

  it('[TB1] are written for an instance that did not, once they have stood still for a while', async () => {
    standing = { last: 5, tables: 3 };
    await pass(2_500);
    standing = { last: 5, tables: 4 };
    await pass(2_000);
    expect(reached).toEqual([]);
    await pass(2_000);
    expect(reached).toEqual([5]);
    standing = { last: 5, tables: 5 };
    await pass(9_000);
    expect(reached).toEqual([5]);
  });

  it('[TB1] are written when the database is back, and no more when the server stops', async () => {
    reach = async () => Promise.reject(new LogUnavailable('away'));
    follower.stored(2);
    standing = { last: 2, tables: 1 };
    await pass(500);
    expect(reached).toEqual([2]);
    await pass(6_000);
    expect(reached).toEqual([2, 2, 2]);
    reached = [2];
    reach = async (number) => Promise.resolve(number);
    await pass(4_000);
    expect(reached).toEqual([2, 2]);
    follower.stored(3);
    await stop();
    await pass(10_000);
    expect(reached).toEqual([2, 2]);
    expect(waiting).toEqual([]);
    expect(errors).toEqual([]);
  });
});
