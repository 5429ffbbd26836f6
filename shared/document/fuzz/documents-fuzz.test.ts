import { expect, it } from 'vitest';
import { checkHistory } from './check-history.ts';
import { runHistory } from './run-history.ts';

/**
 * Made-up histories of teams. STREAMWALL_SEED says which (else by chance), STREAMWALL_HISTORIES how many from there on;
 * STREAMWALL_LONG=1 plays ten times as many.
 */
const isLong = process.env['STREAMWALL_LONG'] === '1';
const count = Number(process.env['STREAMWALL_HISTORIES'] ?? (isLong ? 20_000 : 2_000));
const firstSeed = Number(process.env['STREAMWALL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

it(
  `[C19] in ${count} histories of several replicas nothing is lost, doubled or shown differently`,
  () => {
    console.log(`seeds ${firstSeed} to ${firstSeed + count - 1}`);
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      const problems = playAndCheck(seed);
      if (problems.length > 0)
        expect.fail(`${problems.slice(0, 5).join('\n')}\n\nreplay with:\n${replay(seed)}`);
    }
  },
  isLong ? 3_600_000 : 600_000,
);

function playAndCheck(seed: number): readonly string[] {
  try {
    return checkHistory(runHistory(seed));
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

function replay(seed: number): string {
  return `STREAMWALL_SEED=${seed} STREAMWALL_HISTORIES=1 npx vitest run shared/document/fuzz`;
}
