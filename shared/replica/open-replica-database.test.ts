import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openReplicaDatabase } from './open-replica-database.ts';
import { noteFormat } from './sqlite-format.ts';

const workerUrl = new URL('./compact-worker.ts', import.meta.url);
const clock = { nowMs: () => Date.UTC(2025, 4, 6, 7, 8, 9) };

describe('opening the file of a replica', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'replica-open-'));
    file = join(folder, 'data', 'replica.db');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const open = (program = 'this desk') => openReplicaDatabase({ file, workerUrl, clock, program });
  const mustOpen = async () => {
    const opened = await open();
    if (!opened.ok) throw new Error(opened.error.words);
    return opened.value;
  };

  it('makes folder and file, says nothing, and leaves nothing lying about', async () => {
    const database = await mustOpen();
    expect(database.notices()).toEqual([]);
    await database.close();
    expect(readdirSync(join(folder, 'data')).sort()).toEqual(['replica.db', 'replica.db.lock']);
  });

  it('[R10] refuses a file that is open already, by name, and lets it be opened once it is closed', async () => {
    const first = await mustOpen();
    const second = await open('that desk');
    expect(second).toMatchObject({ ok: false, error: { reason: 'in-use' } });
    expect(!second.ok && second.error.words).toContain(`this desk (process ${process.pid})`);
    await first.close();
    await (await mustOpen()).close();
  });

  it('[R10] refuses a file that another program has open', async () => {
    const first = await mustOpen();
    const script = `
      const { openReplicaDatabase } = await import(${JSON.stringify(new URL('./open-replica-database.ts', import.meta.url).href)});
      const opened = await openReplicaDatabase({ file: ${JSON.stringify(file)}, workerUrl: new URL('file:///none'),
        clock: { nowMs: () => 0 }, program: 'intruder' });
      console.log(JSON.stringify(opened));`;
    const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect(run.stdout, run.stderr).toContain('"reason":"in-use"');
    expect(run.stdout).toContain(`this desk (process ${process.pid})`);
    await first.close();
  });

  it('a lock file full of rubbish locks nobody out', async () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(`${file}.lock`, 'rubbish '.repeat(1000));
    const first = await mustOpen();
    expect((await open()).ok).toBe(false);
    await first.close();
  });

  it('[R13] leaves a file of a newer program exactly as it is', async () => {
    await (await mustOpen()).close();
    const database = new Database(file);
    database.pragma('user_version = 99');
    noteFormat(database, 99);
    database.close();
    const before = readFileSync(file);
    const opened = await open();
    expect(opened).toMatchObject({ ok: false, error: { reason: 'newer' } });
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(join(folder, 'data')).sort()).toEqual(['replica.db', 'replica.db.lock']);
  });

  it('says so when the path cannot be a file, and changes nothing', async () => {
    mkdirSync(file, { recursive: true });
    expect(await open()).toMatchObject({ ok: false, error: { reason: 'no-access' } });
    expect(readdirSync(file)).toEqual([]);
  });

  it('a first start that was cut off in the middle is begun again', async () => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(`${file}.new`, 'half');
    const database = await mustOpen();
    expect(database.notices()).toEqual([]);
    await database.close();
  });
});
