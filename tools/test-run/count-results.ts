import { z } from 'zod';

/** What one part of the test run came to. */
export type Count = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** What went wrong beyond a test that failed: nothing ran, a file did not load, the runner crashed. */
  readonly troubles: readonly string[];
};

const VitestReport = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

/** Reads what vitest's JSON reporter wrote. A file that did not load is one trouble, though it holds no test. */
export function countVitest(report: unknown): Count {
  const files = VitestReport.parse(report).testResults;
  const statuses = files.flatMap((file) => file.assertionResults.map((test) => test.status));
  const unloaded = files.filter(
    (file) => file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed'),
  );
  return {
    passed: statuses.filter((status) => status === 'passed').length,
    failed: statuses.filter((status) => status === 'failed').length,
    skipped: statuses.filter((status) => status !== 'passed' && status !== 'failed').length,
    troubles: unloaded.map((file) => `${file.name} failed outside its tests: ${firstLine(file.message)}`),
  };
}

const PlaywrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.object({ message: z.string().optional() })).default([]),
});

/** Reads what Playwright's JSON reporter wrote. A test that passed only when tried again has failed. */
export function countPlaywright(report: unknown): Count {
  const { stats, errors } = PlaywrightReport.parse(report);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
    troubles: errors.map((error) => firstLine(error.message)),
  };
}

/**
 * What a part counts for in the whole: each trouble is a failure, and so is a part in which no test ran, or whose
 * runner reports failure though no test failed.
 */
export function settle(count: Count, runner: { readonly succeeded: boolean; readonly words: string }): Count {
  const troubles = [...count.troubles];
  if (count.passed + count.failed === 0) troubles.push('no test ran');
  if (!runner.succeeded && count.failed === 0 && troubles.length === 0) {
    troubles.push(`no test failed, but the runner did (${runner.words})`);
  }
  return { ...count, troubles, failed: count.failed + troubles.length };
}

/** A part that could not be carried out. */
export function crashed(reason: string): Count {
  return { passed: 0, failed: 1, skipped: 0, troubles: [reason] };
}

/** `12 passed, 0 failed`, and `, 1 skipped` when some were. */
export function inNumbers(count: Count): string {
  const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
  return `${count.passed} passed, ${count.failed} failed${skipped}`;
}

export function sum(counts: readonly Count[]): Count {
  const total = (pick: (count: Count) => number): number => counts.reduce((so, count) => so + pick(count), 0);
  return {
    passed: total((count) => count.passed),
    failed: total((count) => count.failed),
    skipped: total((count) => count.skipped),
    troubles: counts.flatMap((count) => count.troubles),
  };
}

function firstLine(text: string | undefined): string {
  return text?.trim().split('\n')[0] ?? 'no reason given';
}
