import { describe, expect, it } from 'vitest';
import { afterEnding, begin, type Supervision } from './supervise.ts';
import { EXIT } from './worker-state.ts';

const crash = { code: 1, signal: null, words: '' };

function endRunning(state: Supervision, ending: typeof crash, nowMs: number): Supervision {
  if (state.type !== 'running') throw new Error(`it is ${state.type}`);
  return afterEnding(state, ending, nowMs, 0.999);
}

describe('a worker that ends', () => {
  it('[I64] is started again, later each time, and given up after ten failures in a row', () => {
    const delays: number[] = [];
    let state = begin(0);
    for (let now = 0; state.type === 'running';) {
      const next = endRunning(state, crash, now);
      if (next.type !== 'waiting') {
        state = next;
        break;
      }
      delays.push(Math.round((next.untilMs - now) / 1_000));
      now = next.untilMs;
      state = begin(now, next.failures);
    }
    expect(delays).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
    expect(state).toMatchObject({ type: 'given-up' });
  });

  it('[I64] begins to count anew when it has been well for a while', () => {
    expect(endRunning(begin(0, 9), crash, 119_999)).toMatchObject({ failures: 10 });
    expect(endRunning(begin(0, 9), crash, 120_000)).toMatchObject({ type: 'waiting', failures: 1 });
  });

  it('[I63] is given up at once when starting it again cannot help, with its own words', () => {
    for (const code of [EXIT.misconfigured, EXIT.turnedAway])
      expect(endRunning(begin(0), { code, signal: null, words: 'No such token.' }, 1)).toEqual({
        type: 'given-up',
        words: 'No such token.',
      });
    expect(endRunning(begin(0), { code: EXIT.inUse, signal: null, words: '' }, 1).type).toBe('waiting');
  });
});
