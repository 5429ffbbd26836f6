import { describe, expect, it } from 'vitest';
import { countPlaywright, countVitest, crashed, inNumbers, settle, sum } from './count-results.ts';
import { limitsFor, timeLeftMs } from './limits.ts';

const fine = { succeeded: true, words: 'exit code 0' };
const bad = { succeeded: false, words: 'exit code 1' };
const file = (name: string, status: string, ...tests: string[]): unknown => ({
  name,
  status,
  message: status === 'failed' ? 'SyntaxError: no\n  at line 1' : '',
  assertionResults: tests.map((each) => ({ status: each, title: 'x' })),
});

describe('what vitest came to', () => {
  it('is counted test by test', () => {
    const report = {
      testResults: [
        file('a', 'failed', 'passed', 'failed'),
        file('b', 'passed', 'passed', 'skipped', 'todo'),
      ],
    };
    expect(countVitest(report)).toEqual({ passed: 2, failed: 1, skipped: 2, troubles: [] });
  });

  it('counts a file that did not load as a failure, though no test in it failed', () => {
    const count = settle(
      countVitest({ testResults: [file('a', 'failed'), file('b', 'passed', 'passed')] }),
      bad,
    );
    expect(count).toMatchObject({
      passed: 1,
      failed: 1,
      troubles: ['a failed outside its tests: SyntaxError: no'],
    });
  });

  it('does not accept a report of another shape', () => {
    for (const report of [null, {}, { testResults: [{}] }]) expect(() => countVitest(report)).toThrow();
  });
});

describe('what Playwright came to', () => {
  it('is counted, and a test that passed only when tried again has failed', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
    expect(countPlaywright({ stats, errors: [] })).toEqual({
      passed: 5,
      failed: 2,
      skipped: 2,
      troubles: [],
    });
  });

  it('counts what went wrong outside the tests', () => {
    const stats = { expected: 1, unexpected: 0, flaky: 0, skipped: 0 };
    const count = settle(countPlaywright({ stats, errors: [{ message: 'no such file\nstack' }] }), bad);
    expect(count).toMatchObject({ failed: 1, troubles: ['no such file'] });
  });
});

describe('what a part counts for', () => {
  const all = { passed: 3, failed: 0, skipped: 0, troubles: [] };

  it('is what ran, when all is well', () => {
    expect(settle(all, fine)).toEqual(all);
  });

  it('is a failure when no test ran, or all were skipped', () => {
    expect(settle({ ...all, passed: 0 }, fine)).toMatchObject({ failed: 1, troubles: ['no test ran'] });
    expect(settle({ ...all, passed: 0, skipped: 4 }, fine).failed).toBe(1);
  });

  it('is a failure when the runner fails though no test did', () => {
    expect(settle(all, bad)).toMatchObject({ passed: 3, failed: 1 });
  });

  it('does not count one failure twice', () => {
    expect(settle({ ...all, failed: 2 }, bad).failed).toBe(2);
  });
});

describe('the closing line', () => {
  it('is the sum of the parts, and names the skipped only when there are some', () => {
    const part = { passed: 2, failed: 0, skipped: 0, troubles: [] };
    expect(inNumbers(sum([part, part]))).toBe('4 passed, 0 failed');
    expect(inNumbers(sum([part, crashed('it crashed'), { ...part, skipped: 1 }]))).toBe(
      '4 passed, 1 failed, 1 skipped',
    );
    expect(inNumbers(sum([]))).toBe('0 passed, 0 failed');
  });
});

describe('the time that the tests may take', () => {
  const limits = limitsFor(false);
  const MINUTE_MS = 60_000;

  it('stays below 25 minutes for the whole, whatever the parts took', () => {
    const { preparationMs, unitMs, endToEndMs } = limits;
    let spentMs = 0;
    for (const limitMs of [preparationMs, preparationMs, unitMs, endToEndMs]) {
      spentMs += timeLeftMs(limitMs, limits, spentMs);
    }
    expect(spentMs).toBeLessThan(25 * MINUTE_MS);
  });

  it('is enough for tests on a machine that does other things beside them', () => {
    expect(limits.unitMs).toBeGreaterThanOrEqual(14 * MINUTE_MS);
    expect(timeLeftMs(limits.unitMs, limits, 3 * MINUTE_MS)).toBe(limits.unitMs);
  });

  it('gives a part its own limit while there is time', () => {
    expect(timeLeftMs(limits.unitMs, limits, 0)).toBe(limits.unitMs);
  });

  it('gives a late part a moment, so that it fails in words of its own', () => {
    expect(timeLeftMs(limits.unitMs, limits, limits.totalMs * 2)).toBe(1000);
  });
});
