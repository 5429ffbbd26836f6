import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createSiteHintsFile } from './site-hints-file.ts';
import { KNOWN_SITES } from './site-hints.ts';

it('an operator’s rows come first, are read again when they change, and stay when they become unreadable', () => {
  const folder = mkdtempSync(join(tmpdir(), 'streamwall-hints-'));
  const path = join(folder, 'site-hints.json');
  const warnings: string[] = [];
  const log = {
    info: () => undefined,
    warn: (words: string) => warnings.push(words),
    error: () => undefined,
  };
  const write = (text: string, atSeconds: number): void => {
    writeFileSync(path, text);
    utimesSync(path, atSeconds, atSeconds);
  };
  const rows = createSiteHintsFile(path, log);
  expect(rows()).toEqual(KNOWN_SITES);
  write('[{"consent":[".own"]}]', 1000);
  expect(rows()[0]).toEqual({ consent: ['.own'] });
  write('[{', 2000);
  expect(rows()[0]).toEqual({ consent: ['.own'] });
  expect(rows()).toHaveLength(KNOWN_SITES.length + 1);
  expect(warnings).toHaveLength(1);
  rmSync(folder, { recursive: true });
  expect(rows()).toEqual(KNOWN_SITES);
});
