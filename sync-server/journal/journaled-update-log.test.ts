import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createInMemoryUpdateLog } from '../documents/in-memory-update-log.ts';
import { LogUnavailable, type UpdateLog } from '../documents/update-log.ts';
import { describeUpdateLog } from '../documents/update-log.contract.ts';
import { openPglite } from '../pglite/pglite-database.ts';
import { migrate } from '../postgres/migrate.ts';
import { createSqlJournalTarget } from '../postgres/sql-journal-target.ts';
import { createSqlUpdateLog } from '../postgres/sql-update-log.ts';
import { HEAD_BYTES } from './journal-records.ts';
import { openJournaledLog } from './journaled-update-log.ts';
import { ana, AT_ONCE, batch, ben, journalParts, LATER, STORE, targetOf } from './test-journal.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'streamwall-journal-'));
});
afterEach(async () => {
  for (const close of opened.splice(0)) await close().catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
});
const opened: (() => Promise<void>)[] = [];

describe('with PGlite behind', () => {
  let database: Awaited<ReturnType<typeof openPglite>>;
  beforeAll(async () => {
    database = await openPglite(undefined);
    await migrate(database.sql);
  });
  afterAll(() => database.close());

  const open = async (when: typeof LATER) => {
    const [behind, target] = [createSqlUpdateLog(database.sql), createSqlJournalTarget(database.sql)];
    return openJournaledLog(join(folder, 'journal'), behind, target, journalParts(when));
  };
  describeUpdateLog('in a journal that waits', async () => open(LATER));
  describeUpdateLog('in a journal that is written behind at once', async () => open(AT_ONCE));

  it('[SJ4] what was flushed is in the tables, with its owners, and the journal can be read on', async () => {
    const { log, flushed, close } = await open(LATER);
    await log.append('wall:flushed', batch(3, ana, 7));
    await log.append('wall:flushed', batch(2, ben, 8));
    const tables = createSqlUpdateLog(database.sql);
    expect(await tables.last('wall:flushed')).toBe(0);
    await flushed('wall:flushed', 4);
    expect((await tables.read('wall:flushed', 0, 10)).map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect(await tables.owners('wall:flushed', [7, 8])).toEqual(
      new Map([
        [7, ana],
        [8, ben],
      ]),
    );
    await log.append('wall:flushed', batch(1, ana));
    expect((await log.read('wall:flushed', 3, 10)).map(({ number }) => number)).toEqual([4, 5, 6]);
    await close();
    expect(await tables.last('wall:flushed')).toBe(6);
  });
});

describe('when the power goes', () => {
  it('[SJ1] what was answered is there afterwards, though the database got nothing of it', async () => {
    const behind = createInMemoryUpdateLog(STORE);
    const { log } = await openOn(behind, LATER);
    for (let i = 0; i < 20; i++)
      await Promise.all(
        ['wall:a', 'wall:b', 'wall:c'].map(async (name) => log.append(name, batch(2, ana, i))),
      );
    expect(await behind.last('wall:a')).toBe(0);
    const after = createInMemoryUpdateLog(STORE);
    const again = await openOn(after, LATER, copyOfDisk());
    for (const name of ['wall:a', 'wall:b', 'wall:c']) {
      expect(await again.log.read(name, 0, 100)).toEqual(await log.read(name, 0, 100));
      expect(await again.log.last(name)).toBe(40);
    }
    expect((await again.log.append('wall:a', batch(1, ben, 7))).appended).toEqual([{ ownedBy: ana }]);
  });

  it('[SJ2] whatever part of it the database has, nothing is missing afterwards and nothing is there twice', async () => {
    const whole = Array.from({ length: 30 }, (_, i) => i + 1);
    const behind = createInMemoryUpdateLog(STORE);
    const { log, flushed } = await openOn(behind, LATER);
    for (let i = 0; i < 10; i++) await log.append('wall:a', batch(3, ana));
    // Of the last of these, the database has two of three.
    for (const part of [0, 1, 29]) expect(await numbersAfter(behind, log, part)).toEqual(whole);
    await flushed('wall:a', 30);
    await log.append('wall:a', batch(3, ana));
    expect(await numbersAfter(behind, log, 30)).toEqual([...whole, 31, 32, 33]);
  });
});

/** What a server reads that has the journal of another as it is now, and a database with a part of its updates. */
async function numbersAfter(behind: UpdateLog, log: UpdateLog, part: number): Promise<readonly number[]> {
  const database = createInMemoryUpdateLog(await behind.storeId());
  for (const { number, atMs, actor, bytes } of (await log.read('wall:a', 0, part)).slice(0, part)) {
    const updates = [{ bytes, actor, claims: [], carried: false }];
    await database.append('wall:a', { id: `copy-${String(number)}`, atMs, updates });
  }
  const again = await openOn(database, LATER, copyOfDisk());
  return (await again.log.read('wall:a', 0, 1_000)).map(({ number }) => number);
}

describe('when it cannot go on', () => {
  it('[SJ3] a harmed head costs nothing', async () => {
    const { log } = await openOn(createInMemoryUpdateLog(STORE), LATER);
    for (let i = 0; i < 3; i++) await log.append('wall:a', batch(1, ana));
    for (let at = 0; at < HEAD_BYTES; at += 37) {
      const disk = copyOfDisk();
      for (const path of readdirSync(disk).map((name) => join(disk, name))) {
        const bytes = readFileSync(path);
        bytes[at] = 255 - (bytes[at] ?? 0);
        writeFileSync(path, bytes);
      }
      const again = await openOn(createInMemoryUpdateLog(STORE), LATER, disk);
      expect(await again.log.last('wall:a')).toBe(3);
    }
  });

  it('[SJ3] a harmed journal and one of another store are refused in words', async () => {
    const { log } = await openOn(createInMemoryUpdateLog(STORE), LATER);
    for (let i = 0; i < 3; i++) await (await log.append('wall:a', batch(1, ana))).onDisk;
    const disk = copyOfDisk();
    await expect(openOn(createInMemoryUpdateLog('another-store-00'), LATER, disk)).rejects.toThrow(
      'another database',
    );
    for (const name of readdirSync(disk)) {
      const bytes = readFileSync(join(disk, name));
      bytes[HEAD_BYTES + 20] = 255 - (bytes[HEAD_BYTES + 20] ?? 0);
      writeFileSync(join(disk, name), bytes);
    }
    await expect(openOn(createInMemoryUpdateLog(STORE), LATER, disk)).rejects.toThrow('damaged');
  });

  it('[SJ3] a journal that goes on where its database has not come to is refused in words', async () => {
    const { log, flushed } = await openOn(createInMemoryUpdateLog(STORE), LATER);
    for (let i = 1; i <= 4; i++) {
      await log.append('wall:a', batch(1, ana));
      await flushed('wall:a', i);
    }
    await expect(openOn(createInMemoryUpdateLog(STORE), LATER, copyOfDisk())).rejects.toThrow('older copy');
  });

  it('[SJ1] what cannot be written is not stored, and says so', async () => {
    const { log, close } = await openOn(createInMemoryUpdateLog(STORE), LATER);
    await log.append('wall:a', batch(1, ana));
    await close();
    await expect(log.append('wall:a', batch(1, ana))).rejects.toBeInstanceOf(LogUnavailable);
    expect(await log.last('wall:a')).toBe(1);
  });

  it('[SJ5] a database that takes nothing makes the journal refuse before it is too long, and not for ever', async () => {
    const behind = createInMemoryUpdateLog(STORE);
    const away = { is: true };
    const { log, close, isRefused } = await openOn(behind, { ...AT_ONCE, maxBytes: 10 }, undefined, away);
    expect(isRefused()).toBe(false);
    const refusals: unknown[] = [];
    for (let i = 0; i < 10; i++)
      await log.append('wall:a', batch(3, ana)).catch((error: unknown) => refusals.push(error));
    expect(refusals.length).toBeGreaterThan(4);
    expect(refusals.every((error) => error instanceof LogUnavailable)).toBe(true);
    expect(isRefused()).toBe(true);
    away.is = false;
    await expect.poll(async () => behind.last('wall:a')).toBe(await log.last('wall:a'));
    await expect.poll(isRefused).toBe(false);
    await log.append('wall:a', batch(1, ana));
    await close();
  });
});

/** The files as they are on disk at this moment. */
function copyOfDisk(): string {
  const copy = join(folder, `copy-${randomUUID()}`);
  cpSync(join(folder, 'journal'), copy, { recursive: true });
  return copy;
}

async function openOn(
  behind: UpdateLog,
  when: typeof LATER,
  at = join(folder, 'journal'),
  away = { is: false },
) {
  const journaled = await openJournaledLog(at, behind, targetOf(behind, away), journalParts(when));
  opened.push(journaled.close);
  return journaled;
}
