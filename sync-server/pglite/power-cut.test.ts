import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ActorId } from '#shared/model/ids.ts';
import { migrate } from '../postgres/migrate.ts';
import { createSqlUpdateLog } from '../postgres/sql-update-log.ts';
import { openPglite } from './pglite-database.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'streamwall-power-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a disk holds that keeps nothing but what it was asked to: a copy of each file as it was at its last fsync. */
function createForgetfulDisk(real: string, kept: string): (path: string) => void {
  cpSync(real, kept, { recursive: true });
  return (path) => {
    const copy = join(kept, relative(real, path));
    if (!existsSync(path)) return;
    if (!statSync(path).isDirectory()) {
      mkdirSync(dirname(copy), { recursive: true });
      copyFileSync(path, copy);
      return;
    }
    // Of a folder, the names are kept.
    const names = new Set(readdirSync(path));
    for (const name of readdirSync(copy)) {
      if (!names.has(name)) rmSync(join(copy, name), { recursive: true, force: true });
    }
  };
}

it('[S26] what is in the embedded database survives a power cut, also one that comes after a checkpoint', async () => {
  const [real, kept] = [join(folder, 'database'), join(folder, 'kept')];
  const first = await openPglite(real);
  await migrate(first.sql);
  await first.close();
  const { sql, close } = await openPglite(real, createForgetfulDisk(real, kept));
  const log = createSqlUpdateLog(sql);
  const append = async (count: number) => {
    const updates = [
      { bytes: Uint8Array.of(count), actor: ActorId.parse('user:ana'), claims: [], carried: false },
    ];
    await log.append('wall:main', { id: `batch-${String(count)}`, atMs: 1, updates });
  };
  for (let i = 1; i <= 10; i++) await append(i);
  await sql.query('CHECKPOINT');
  for (let i = 11; i <= 20; i++) await append(i);
  const after = await openPglite(kept);
  const rows = await createSqlUpdateLog(after.sql).read('wall:main', 0, 100);
  expect(rows.map(({ bytes }) => bytes[0])).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  await after.close();
  await close();
}, 120_000);
