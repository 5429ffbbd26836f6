import { glob, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, ok, type Result } from '../../shared/kernel/result.ts';
import { describeOutcome, succeeded, type Command, type Outcome, type Run } from '../process/supervise.ts';
import { checkLock } from './check-lock.ts';
import { checkSpec, type TextFile } from './check-spec.ts';
import { readCruise } from './read-cruise.ts';

/** One check: what it looked at, or what it found, in lines for the person. */
export type Check = {
  readonly title: string;
  readonly look: (project: string, run: Run) => Promise<Result<string, string>>;
};

const CHECK_TIMEOUT_MS = 10 * 60 * 1000;
const FOLDERS = ['shared', 'src-main', 'src-renderer', 'sync-server', 'ingest-workers', 'e2e', 'tools'];
const NOT_OURS = ['**/node_modules/**', 'out/**', '.cache/**', 'test-results/**'];

export const checks: readonly Check[] = [
  { title: 'lock file', look: lookAtLock },
  {
    title: 'format',
    look: (project, run) => plain('node_modules/prettier/bin/prettier.cjs', ['--check', '.'], project, run),
  },
  {
    title: 'lint',
    look: (project, run) =>
      plain(
        'node_modules/oxlint/bin/oxlint',
        ['--type-aware', '--deny-warnings', '--format', 'unix'],
        project,
        run,
      ),
  },
  { title: 'types', look: (project, run) => plain('node_modules/typescript/bin/tsc', ['-b'], project, run) },
  { title: 'arrows', look: lookAtArrows },
  {
    title: 'dead code',
    look: (project, run) => plain('node_modules/knip/bin/knip.js', ['--no-progress'], project, run),
  },
  { title: 'rules', look: lookAtRules },
];

/** A tool of node_modules whose exit code tells and whose words are for the person. */
async function plain(
  cli: string,
  args: readonly string[],
  project: string,
  run: Run,
): Promise<Result<string, string>> {
  const outcome = await run(nodeCommand(cli, args, project));
  return succeeded(outcome) ? ok('') : fail(allWords(outcome));
}

async function lookAtLock(project: string): Promise<Result<string, string>> {
  const problems = checkLock(JSON.parse(await readFile(join(project, 'package-lock.json'), 'utf8')));
  return problems.length === 0 ? ok('') : fail(problems.join('\n'));
}

async function lookAtArrows(project: string, run: Run): Promise<Result<string, string>> {
  const cli = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs';
  // The report is longer than what is kept of a program's output.
  const report = join(project, '.cache', 'arrows.json');
  await mkdir(dirname(report), { recursive: true });
  await rm(report, { force: true });
  const told = ['--output-type', 'json', '--output-to', report];
  const outcome = await run(
    nodeCommand(cli, ['--config', '.dependency-cruiser.cjs', ...told, ...FOLDERS], project),
  );
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (outcome.kind !== 'exited' || text === undefined) return fail(describeOutcome(outcome));
  const arrows = readCruise(JSON.parse(text));
  return arrows.problems.length === 0 ? ok(`${arrows.modules} modules`) : fail(arrows.problems.join('\n'));
}

async function lookAtRules(project: string): Promise<Result<string, string>> {
  const specs = await readAll(project, ['**/SPEC.md']);
  const tests = await readAll(project, ['**/*.test.{ts,tsx}', '**/*.contract.ts', 'e2e/**/*.spec.ts']);
  const { rules, problems } = checkSpec(specs, tests);
  return problems.length === 0 ? ok(`${rules} rules`) : fail(problems.join('\n'));
}

async function readAll(project: string, patterns: readonly string[]): Promise<readonly TextFile[]> {
  const files: TextFile[] = [];
  for await (const path of glob([...patterns], { cwd: project, exclude: NOT_OURS })) {
    files.push({ path, text: await readFile(join(project, path), 'utf8') });
  }
  return files.toSorted((a, b) => a.path.localeCompare(b.path));
}

function nodeCommand(cli: string, args: readonly string[], project: string): Command {
  return {
    program: process.execPath,
    args: [join(project, cli), ...args],
    cwd: project,
    output: 'capture',
    timeoutMs: CHECK_TIMEOUT_MS,
  };
}

function allWords(outcome: Outcome): string {
  if (outcome.kind !== 'exited') return describeOutcome(outcome);
  return [outcome.stdout, outcome.stderr]
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('\n');
}
