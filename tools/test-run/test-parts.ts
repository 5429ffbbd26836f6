import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describeOutcome, succeeded, type Outcome, type Run } from '../process/supervise.ts';
import { countPlaywright, countVitest, crashed, settle, type Count } from './count-results.ts';

export type PartRun = {
  readonly project: string;
  readonly env: NodeJS.ProcessEnv;
  readonly run: Run;
  /** Where runners write their reports; exists. */
  readonly reports: string;
  readonly timeoutMs: number;
};

/** Unit, contract and property tests, under Node. */
export async function runVitest(part: PartRun): Promise<Count> {
  const report = join(part.reports, 'vitest.json');
  // Hundreds of workers and programs start, most from the same files: what one has compiled, the next one takes.
  const compiled = join(part.reports, 'compiled');
  const cli = join(part.project, 'node_modules/vitest/vitest.mjs');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  try {
    return await runPart(part, report, [cli, ...args], { NODE_COMPILE_CACHE: compiled }, countVitest);
  } finally {
    await rm(compiled, { recursive: true, force: true });
  }
}

/** Whole stories in real Electron. */
export function runPlaywright(part: PartRun): Promise<Count> {
  const report = join(part.reports, 'playwright.json');
  const cli = join(part.project, 'node_modules/@playwright/test/cli.js');
  const args = ['test', '--config', 'e2e/playwright.config.ts'];
  return runPart(part, report, [cli, ...args], { PLAYWRIGHT_JSON_OUTPUT_FILE: report }, countPlaywright);
}

async function runPart(
  part: PartRun,
  report: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  count: (report: unknown) => Count,
): Promise<Count> {
  await rm(report, { force: true });
  const outcome = await part.run({
    program: process.execPath,
    args,
    cwd: part.project,
    env: { ...part.env, ...env },
    output: 'show',
    timeoutMs: part.timeoutMs,
  });
  // A runner that was cut off may have left the report of a part of its tests; it is not the truth of this run.
  if (outcome.kind !== 'exited') return crashed(`the runner was cut off: ${describeOutcome(outcome)}`);
  return readReport(report, outcome, count);
}

async function readReport(path: string, outcome: Outcome, count: (report: unknown) => Count): Promise<Count> {
  const runner = { succeeded: succeeded(outcome), words: describeOutcome(outcome) };
  try {
    return settle(count(JSON.parse(await readFile(path, 'utf8'))), runner);
  } catch {
    return crashed(`the runner left no report that can be read (${runner.words})`);
  }
}
