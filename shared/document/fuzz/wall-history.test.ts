import { expect, test } from 'vitest';
import { playWallHistory } from './wall-history.ts';

const seed = Number(process.env['STREAMWALL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const histories = Number(
  process.env['STREAMWALL_HISTORIES'] ?? (process.env['STREAMWALL_LONG'] === '1' ? 5_000 : 250),
);

test(`[W1] [W3] [W4] [W7] ${histories} histories of a wall from seed ${seed}: one wall on all desks, nothing lost`, () => {
  for (let n = seed; n < seed + histories; n++) {
    const { violations, log } = playWallHistory(n);
    if (violations.length > 0)
      expect.fail(
        `${violations.join('\n')}\n\n${log.join('\n')}\n\nreplay with:\nSTREAMWALL_SEED=${n} STREAMWALL_HISTORIES=1 npx vitest run shared/document/fuzz/wall-history.test.ts`,
      );
  }
}, 600_000);
