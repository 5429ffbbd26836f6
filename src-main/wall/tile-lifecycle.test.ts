import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TileFault } from '#shared/protocol/tile-report.ts';
import {
  deadlineMs,
  LOADING_MS,
  MAX_PAUSE_MS,
  nextLife,
  retryAtMsOf,
  STALLED_MS,
  startLife,
  STEADY_MS,
  STILL_MS,
  WAITING_MS,
  type TileLife,
  type TileLifeEvent,
} from './tile-lifecycle.ts';

const at = (nowMs: number, dice = 0) => ({ nowMs, dice });
const play = (life: TileLife, event: TileLifeEvent, nowMs: number) => nextLife(life, event, at(nowMs));
const playing = () => play(startLife(0), { type: 'frames' }, 100);

it('a tile loads, waits for a picture and plays', () => {
  const waiting = play(startLife(0), { type: 'answered' }, 10);
  expect(waiting.state).toBe('waiting');
  expect(play(waiting, { type: 'frames' }, 20)).toMatchObject({ state: 'playing', attempt: 1, sinceMs: 20 });
});

it.each([
  ['loading', startLife(0), LOADING_MS, 'timeout'],
  ['waiting', play(startLife(0), { type: 'answered' }, 0), WAITING_MS, 'no-media'],
  ['stalled', play(playing(), { type: 'time' }, 100 + STILL_MS), 100 + STILL_MS + STALLED_MS, 'network'],
] as const)('%s ends by itself, and not a moment before its time', (state, life, deadline, fault) => {
  expect(life.state).toBe(state);
  expect(play(life, { type: 'time' }, deadline - 1)).toBe(life);
  expect(play(life, { type: 'time' }, deadline)).toMatchObject({ state: 'retrying', fault });
});

it('a picture that stands still is a stall, and frames end it without a new load', () => {
  const fresh = play(playing(), { type: 'frames' }, 3000);
  expect(play(fresh, { type: 'time' }, 100 + STILL_MS)).toBe(fresh);
  const stalled = play(fresh, { type: 'time' }, 3000 + STILL_MS);
  expect(stalled.state).toBe('stalled');
  expect(play(stalled, { type: 'frames' }, 9000)).toMatchObject({ state: 'playing', attempt: 1 });
});

it('pauses double up to ten seconds, and a quarter of them is left to chance', () => {
  const pauses: number[] = [];
  let life: TileLife = startLife(0);
  for (let n = 0; n < 8; n++) {
    life = play(life, { type: 'failed', fault: 'network' }, 0);
    pauses.push(retryAtMsOf(life) ?? 0);
    life = play(life, { type: 'time' }, MAX_PAUSE_MS);
  }
  expect(pauses).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000, 10_000, 10_000]);
  const early = nextLife(startLife(0), { type: 'failed', fault: 'network' }, at(0, 1));
  expect(retryAtMsOf(early)).toBe(750);
});

it('playing for a while clears the record, playing for a moment does not', () => {
  const failed = play(startLife(0), { type: 'failed', fault: 'network' }, 0);
  const again = play(play(failed, { type: 'time' }, 1000), { type: 'frames' }, 1500);
  expect(play(again, { type: 'frames' }, 1500 + STEADY_MS - 1)).toMatchObject({ failures: 1 });
  expect(play(again, { type: 'frames' }, 1500 + STEADY_MS)).toMatchObject({ failures: 0, lastFault: null });
});

it('what a person has to mend is failed, and is tried again all the same', () => {
  const failed = play(startLife(0), { type: 'failed', fault: 'login-needed' }, 0);
  expect(failed).toMatchObject({ state: 'failed', retryAtMs: MAX_PAUSE_MS });
  expect(play(failed, { type: 'time' }, MAX_PAUSE_MS)).toMatchObject({ state: 'loading', attempt: 2 });
});

it('an old load that comes back to life while the next is waited for is playing', () => {
  const failed = play(startLife(0), { type: 'failed', fault: 'network' }, 0);
  expect(play(failed, { type: 'frames' }, 500)).toMatchObject({ state: 'playing', attempt: 1 });
});

it('a broadcast that is over stays so through what is left in the buffer, until the next try', () => {
  const ended = play(playing(), { type: 'ended' }, 200);
  expect(ended.state).toBe('offline');
  expect(play(ended, { type: 'frames' }, 300)).toBe(ended);
  expect(play(ended, { type: 'time' }, 200 + MAX_PAUSE_MS)).toMatchObject({ state: 'loading', attempt: 2 });
});

it('a parked tile hears nothing but that it is wanted again', () => {
  const parked = play(playing(), { type: 'park' }, 300);
  expect(deadlineMs(parked)).toBeNull();
  for (const type of ['answered', 'frames', 'ended', 'time', 'reload'] as const) {
    expect(play(parked, { type }, 1e9)).toBe(parked);
  }
  expect(play(parked, { type: 'unpark' }, 400)).toMatchObject({ state: 'loading', attempt: 2, failures: 0 });
});

const anyEvent: fc.Arbitrary<TileLifeEvent> = fc.oneof(
  fc.constantFrom<TileLifeEvent>(
    { type: 'answered' },
    { type: 'frames' },
    { type: 'ended' },
    { type: 'time' },
    { type: 'reload' },
    { type: 'park' },
    { type: 'unpark' },
  ),
  fc.constantFrom(...TileFault.options).map((fault): TileLifeEvent => ({ type: 'failed', fault })),
);

it('whatever happens, a tile that is not parked ends its state within the longest time there is, and attempts only grow', () => {
  const steps = fc.array(
    fc.tuple(anyEvent, fc.integer({ min: 0, max: 20_000 }), fc.double({ min: 0, max: 1, noNaN: true })),
  );
  fc.assert(
    fc.property(steps, (events) => {
      let life = startLife(0);
      let nowMs = 0;
      for (const [event, waitMs, dice] of events) {
        nowMs += waitMs;
        const next = nextLife(life, event, { nowMs, dice });
        expect(next.attempt).toBeGreaterThanOrEqual(life.attempt);
        life = next;
        const deadline = deadlineMs(life);
        if (life.state === 'parked') continue;
        expect(deadline).not.toBeNull();
        expect((deadline ?? Infinity) - nowMs).toBeLessThanOrEqual(LOADING_MS);
        const retryAt = retryAtMsOf(life);
        if (retryAt !== null) expect(retryAt - life.sinceMs).toBeLessThanOrEqual(MAX_PAUSE_MS);
      }
    }),
  );
});

it('left alone by everybody, a tile keeps being loaded again', () => {
  let life: TileLife = startLife(0);
  for (let nowMs = 0; nowMs < 10 * 60_000; nowMs += 100) life = play(life, { type: 'time' }, nowMs);
  expect(life.attempt).toBeGreaterThan(20);
});
