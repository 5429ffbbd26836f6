import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { readOptions } from './read-options.ts';

const LastLine = z.object({
  ratios: z.record(z.string(), z.number().nullable()),
  lost: z.object({ saved: z.number().nullable(), seen: z.number().nullable() }),
});

it('a small run of one scenario ends with the line of JSON that programs read', () => {
  const args = [
    '--only',
    'b',
    '--settings',
    'postgres',
    '--passes',
    '1',
    '--seconds',
    '0.3',
    '--scale',
    '0.1',
  ];
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'bench-sync.ts'), ...args],
    { encoding: 'utf8' },
  );
  expect([status, stderr]).toEqual([0, '']);
  const { ratios, lost } = LastLine.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  expect(Object.keys(ratios)).toEqual('a b bCpu b8 c d1 d50 d50cold fCpu gOld gNew'.split(' '));
  expect([ratios['b'], ratios['bCpu']]).toEqual([expect.any(Number), expect.any(Number)]);
  expect([ratios['a'], lost]).toEqual([null, { saved: null, seen: null }]);
});

it('unknown scenarios and settings are refused in words', () => {
  for (const args of [['--only', 'z'], ['--settings', 'none'], ['--passes', '0'], ['--nonsense']]) {
    const read = readOptions(args);
    expect(read).toMatchObject({ ok: false, error: expect.stringContaining('npm run bench:sync') });
  }
  expect(readOptions(['--quick'])).toMatchObject({ ok: true, value: { passes: 1, seconds: 2 } });
});
