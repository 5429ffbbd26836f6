import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { openReplicaDatabase, type ReplicaDatabase } from './open-replica-database.ts';
import type { NewEdit } from './replica-store.ts';
import { harvestFile } from './salvage-file.ts';
import { IS_LONG, randomFrom, TEST_SEED } from './test-random.ts';

const workerUrl = new URL('./compact-worker.ts', import.meta.url);
const clock = { nowMs: () => Date.UTC(2025, 4, 6, 7, 8, 9) };

const EDITS = 400;
const UNSAVED = 5;
/** The snapshots that are kept, and a copy of the newer one beside the file, hold the edits before these. */
const OLDER_SNAPSHOT = 150;
const NEWER_SNAPSHOT = 300;
/** No more of this test's rows stand on one page. */
const ROWS_A_PAGE = 20;
const PAGE = 4096;

/** What a file is damaged for: every edit sets a key of its own, so that each one missing can be counted. */
describe(`a damaged file of a replica (seed ${TEST_SEED})`, () => {
  let folder: string;
  let runs = 0;
  const random = randomFrom(TEST_SEED);
  const closed = () => join(folder, 'closed', 'replica.db');
  const killed = () => join(folder, 'killed', 'replica.db');

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'replica-damage-'));
    for (const name of ['closed', 'killed']) mkdirSync(join(folder, name));
    await buildFile(closed(), killed());
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Opens a damaged copy. The damaged bytes themselves must still be there afterwards, under another name. */
  const openDamaged = async (from: string, damage: (file: string) => void) => {
    runs += 1;
    const file = join(folder, `run-${runs}`, 'replica.db');
    mkdirSync(join(folder, `run-${runs}`));
    for (const suffix of ['', '-wal', '.spare-catalogue']) {
      if (statSync(`${from}${suffix}`, { throwIfNoEntry: false }))
        copyFileSync(`${from}${suffix}`, `${file}${suffix}`);
    }
    damage(file);
    const before = [file, `${file}-wal`]
      .filter((path) => statSync(path, { throwIfNoEntry: false }))
      .map((path) => readFileSync(path));
    const found = await readAll(await mustOpen(file));
    const kept = readdirSync(join(folder, `run-${runs}`))
      .filter((name) => name.includes('.damaged-'))
      .sort()
      .map((name) => readFileSync(join(folder, `run-${runs}`, name)));
    if (found.notices.length > 0) {
      expect(kept.map((bytes) => bytes.byteLength)).toEqual(before.map((bytes) => bytes.byteLength));
      expect(kept.every((bytes, index) => before[index]?.equals(bytes))).toBe(true);
      expect(found.notices[0]?.words).toContain('.damaged-2025-05-06T07-08-09Z');
    } else {
      expect(kept).toEqual([]);
    }
    const again = await readAll(await mustOpen(file));
    expect(again).toEqual(found);
    rmSync(join(folder, `run-${runs}`), { recursive: true });
    return found;
  };

  it('[R11] a sound file opens as it is, after a proper end and after none', async () => {
    for (const from of [closed(), killed()]) {
      const found = await openDamaged(from, () => {});
      expect(found.notices).toEqual([]);
      expect(found).toMatchObject(COMPLETE);
    }
  });

  it('reading bare pages finds every row that SQLite finds', () => {
    for (const from of [closed(), killed()]) {
      const rows = harvestFile(from, 'committed');
      expect(rows.unsaved.size).toBe(UNSAVED);
      expect(rows.refused.size).toBe(1);
      expect(rows.archive.size).toBe(50);
      expect(rows.settings.get('["replica"]')?.value).toBe('abcd1234');
      expect(
        [...rows.log.values()]
          .map((row) => row.position)
          .sort((a, b) => Number(a) - Number(b))
          .at(-1),
      ).toBe(EDITS);
    }
  });

  it('[R11] one flipped bit, anywhere, costs one edit at most', async () => {
    for (let round = 0; round < (IS_LONG ? 400 : 40); round += 1) {
      const from = round % 2 === 0 ? closed() : killed();
      const found = await openDamaged(from, (file) => flipBits(file, 1, random));
      expect(found.missing.length, `round ${round}`).toBeLessThanOrEqual(1);
      expect(found.unsaved + (found.missing.length === 1 ? 1 : 0)).toBeGreaterThanOrEqual(UNSAVED);
      expect(
        found.refused + found.unsaved + found.archived + (EDITS - found.missing.length),
      ).toBeGreaterThanOrEqual(1 + UNSAVED + 50 + EDITS - 2);
    }
  });

  it('[R11] any flipped bit of its head, the number of its format above all, costs nothing', async () => {
    const [first, last] = IS_LONG ? [0, 99] : [60, 63];
    for (let bit = first * 8; bit < (last + 1) * 8; bit += 1) {
      for (const from of IS_LONG ? [closed(), killed()] : [bit % 2 === 0 ? closed() : killed()]) {
        const found = await openDamaged(from, (file) => flipBit(file, bit >> 3, bit % 8));
        expect(found, `bit ${bit}`).toMatchObject(COMPLETE);
      }
    }
  });

  it('[R11] one flipped bit in the log of the last changes costs one edit at most', async () => {
    for (let round = 0; round < (IS_LONG ? 200 : 20); round += 1) {
      const found = await openDamaged(killed(), (file) => flipBits(`${file}-wal`, 1, random));
      expect(found.missing.length, `round ${round}`).toBeLessThanOrEqual(1);
    }
  });

  it.each([
    ['page number', 3],
    ['salt', 11],
  ])(
    '[R11] a frame of the log whose %s was harmed costs one edit at most, whichever it is',
    async (_, byte) => {
      const [head, frame] = [32, 24 + PAGE];
      const frames = Math.floor((statSync(`${killed()}-wal`).size - head) / frame);
      for (let number = 0; number < frames; number += IS_LONG ? 1 : 17) {
        const found = await openDamaged(killed(), (file) =>
          flipBit(`${file}-wal`, head + number * frame + byte),
        );
        expect(found.missing.length, `frame ${number} of ${frames}`).toBeLessThanOrEqual(1);
      }
    },
  );

  it('[R11] many flipped bits never stop the program, and each costs one edit at most', async () => {
    for (let round = 0; round < (IS_LONG ? 100 : 6); round += 1) {
      const found = await openDamaged(closed(), (file) => flipBits(file, 20, random));
      expect(
        found.missing.filter((key) => key >= OLDER_SNAPSHOT).length,
        `round ${round}`,
      ).toBeLessThanOrEqual(20);
    }
  });

  it('[R11] a zeroed beginning costs nothing but what stood there', async () => {
    const found = await openDamaged(closed(), (file) => zero(file, 0, PAGE));
    expect(found).toMatchObject(COMPLETE);
    expect(found.notices).toHaveLength(1);
    expect(found.notices[0]?.words).toContain('could not be read');
  });

  it('[R11] zeroed sectors and pages, anywhere, cost what stood there and is in no snapshot', async () => {
    for (let round = 0; round < (IS_LONG ? 200 : 20); round += 1) {
      const bytes = random() < 0.5 ? 512 : PAGE;
      const found = await openDamaged(closed(), (file) => {
        const at = Math.floor((random() * statSync(file).size) / bytes) * bytes;
        zero(file, at, bytes);
      });
      expect(found.missing.length, `round ${round}`).toBeLessThanOrEqual(ROWS_A_PAGE);
      expect(found.missing.every((key) => key >= NEWER_SNAPSHOT)).toBe(true);
    }
  });

  it('[R11] a truncated file gives what is left of it', async () => {
    const { size } = statSync(closed());
    for (const part of [0.999, 0.9, 0.5, 0.1]) {
      const found = await openDamaged(closed(), (file) => truncate(file, Math.floor(size * part)));
      expect(found.notices).toHaveLength(1);
      expect(found.missing.every((key) => key >= NEWER_SNAPSHOT)).toBe(true);
      if (part > 0.99) expect(found.missing.length).toBeLessThanOrEqual(2 * ROWS_A_PAGE);
    }
  });

  describe.each([
    ['emptied', (file: string) => truncate(file, 0)],
    ['zeroed throughout', (file: string) => zero(file, 0, statSync(file).size)],
    [
      'overwritten with something else',
      (file: string) => writeFileSync(file, 'a shopping list\n'.repeat(999)),
    ],
    ['deleted', (file: string) => rmSync(file)],
  ])('[R11] a file that was %s', (name, damage) => {
    it('gives what the copy of its snapshot holds, and the person is told', async () => {
      const found = await openDamaged(closed(), damage);
      expect(found.notices).toHaveLength(1);
      expect(found.missing[0]).toBe(NEWER_SNAPSHOT);
    });

    it('is set aside when there is no such copy, and the program starts', async () => {
      const found = await openDamaged(closed(), (file) => {
        rmSync(`${file}.spare-catalogue`);
        damage(file);
      });
      expect(found.notices.map(({ words }) => words.includes('starts empty'))).toEqual(
        name === 'deleted' ? [] : [true],
      );
    });

    it('is set aside when that copy is damaged too, and the program starts', async () => {
      const found = await openDamaged(closed(), (file) => {
        flipBits(`${file}.spare-catalogue`, 1, random);
        damage(file);
      });
      expect(found.notices.map(({ words }) => words.includes('starts empty'))).toEqual(
        name === 'deleted' ? [] : [true],
      );
    });
  });

  it('[R11] a file that is gone while its log of the last changes is there gives what that log holds', async () => {
    const found = await openDamaged(killed(), (file) => rmSync(file));
    expect(found.notices[0]?.words).toContain('is gone');
    expect(found.missing).toEqual([]);
    expect(found.unsaved).toBe(UNSAVED);
  });

  it('[R12] edits that build on a lost one are kept and counted for the person', async () => {
    const file = join(folder, 'chain', 'replica.db');
    const database = await mustOpen(file);
    const doc = new Y.Doc();
    const edits: NewEdit[] = [];
    doc.on('update', (bytes: Uint8Array) =>
      edits.push({ document: 'catalogue', bytes, unsaved: false, atMs: 1 }),
    );
    for (let count = 0; count < 10; count += 1) doc.getMap('map').set(`chain${count}`, 'x'.repeat(100));
    await database.store.append(edits);
    await database.close();
    const bytes = readFileSync(file);
    const at = bytes.indexOf('chain4');
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const damaged = await mustOpen(file);
    expect(damaged.notices()[0]?.words).toContain('1 change could not be read. 5 changes cannot be shown');
    const missing = edits[4];
    if (missing !== undefined) await damaged.store.append([missing]);
    const found = await readMap(damaged);
    expect(found.size).toBe(10);
    await damaged.close();
  });

  it('[R11] a notice stays until it is dismissed', async () => {
    const file = join(folder, 'notice', 'replica.db');
    mkdirSync(join(folder, 'notice'));
    writeFileSync(file, '');
    const database = await mustOpen(file);
    const [notice] = database.notices();
    expect(notice?.words).toContain('was empty');
    await database.close();
    const again = await mustOpen(file);
    expect(again.notices()).toEqual([notice]);
    again.dismissNotice(notice?.id ?? '');
    await again.close();
    const last = await mustOpen(file);
    expect(last.notices()).toEqual([]);
    await last.close();
  });

  it.each(['-wal', ''])(
    '[R11] a rescue that was cut off after it had moved the file%s goes on',
    async (moved) => {
      const file = join(folder, `cut${moved}`, 'replica.db');
      mkdirSync(join(folder, `cut${moved}`));
      // As it stands between the decision and the last renaming.
      copyFileSync(closed(), `${file}.salvage-2025-05-06T07-08-09Z`);
      writeFileSync(`${file}.damaged-2025-05-06T07-08-09Z-wal`, 'the damaged log');
      writeFileSync(moved === '' ? `${file}.damaged-2025-05-06T07-08-09Z` : file, 'the damaged file');
      const found = await readAll(await mustOpen(file));
      expect(found).toMatchObject(COMPLETE);
      expect(readFileSync(`${file}.damaged-2025-05-06T07-08-09Z`, 'utf8')).toBe('the damaged file');
      expect(readFileSync(`${file}.damaged-2025-05-06T07-08-09Z-wal`, 'utf8')).toBe('the damaged log');
    },
  );
});

const COMPLETE = { missing: [], unsaved: UNSAVED, refused: 1, archived: 50, replica: 'abcd1234' };

async function mustOpen(file: string): Promise<ReplicaDatabase> {
  const opened = await openReplicaDatabase({ file, workerUrl, clock, program: 'a test' });
  if (!opened.ok) throw new Error(opened.error.words);
  return opened.value;
}

/** A file closed properly, and a copy of it as a killed program leaves it. */
async function buildFile(closed: string, killed: string): Promise<void> {
  const database = await mustOpen(closed);
  const { store, archive } = database;
  const add = async (from: number, to: number, unsaved: boolean) => {
    for (let key = from; key < to; key += 1) await store.append([oneKey(key, unsaved)]);
  };
  await store.setSetting('replica', 'abcd1234');
  await store.append([oneKey(9999, true)]);
  await store.replaceUnsaved('catalogue', { refused: [{ n: 1, reason: 'forbidden' }], edits: [], atMs: 3 });
  await add(0, OLDER_SNAPSHOT, false);
  await store.compact('catalogue');
  await add(OLDER_SNAPSHOT, NEWER_SNAPSHOT, false);
  await store.compact('catalogue');
  await archive.put(
    Array.from({ length: 50 }, (_, index) => ({
      id: `s${index}`,
      atMs: index,
      record: { title: `Stream ${index}` },
    })),
  );
  await add(NEWER_SNAPSHOT, EDITS, false);
  await add(EDITS, EDITS + UNSAVED, true);
  copyFileSync(closed, killed);
  for (const suffix of ['-wal', '.spare-catalogue']) copyFileSync(`${closed}${suffix}`, `${killed}${suffix}`);
  await database.close();
}

/** An edit that builds on none, now and then too big for its page. */
function oneKey(key: number, unsaved: boolean): NewEdit {
  const doc = new Y.Doc();
  doc.getMap('map').set(`key${key}`, 'v'.repeat(key % 7 === 0 ? 5000 : 60));
  return { document: 'catalogue', bytes: Y.encodeStateAsUpdate(doc), unsaved, command: { key }, atMs: key };
}

async function readMap({ store }: ReplicaDatabase): Promise<Y.Map<unknown>> {
  const loaded = await store.load('catalogue');
  if (!loaded.ok) throw new Error(loaded.error.words);
  const { snapshot, updates, unsaved } = loaded.value;
  const doc = new Y.Doc();
  if (snapshot !== null) Y.applyUpdateV2(doc, snapshot);
  for (const update of [...updates, ...unsaved.map(({ bytes }) => bytes)]) Y.applyUpdate(doc, update);
  return doc.getMap('map');
}

/** Reads everything and closes. */
async function readAll(database: ReplicaDatabase) {
  const { store, archive } = database;
  const map = await readMap(database);
  const unsaved = await store.unsaved('catalogue');
  const refused = await store.refused();
  const count = await archive.count();
  const replica = await store.getSetting('replica');
  if (!unsaved.ok || !refused.ok || !count.ok || !replica.ok) throw new Error('the store cannot be read');
  const notices = database.notices();
  await database.close();
  return {
    missing: Array.from({ length: EDITS + UNSAVED }, (_, key) => key).filter((key) => !map.has(`key${key}`)),
    unsaved: unsaved.value.length,
    refused: refused.value.length,
    archived: count.value,
    replica: replica.value,
    notices,
  };
}

function flipBits(file: string, bits: number, random: () => number): void {
  const bytes = readFileSync(file);
  for (let count = 0; count < bits; count += 1) {
    const at = Math.floor(random() * bytes.byteLength);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  }
  writeFileSync(file, bytes);
}

function flipBit(file: string, at: number, bit = 0): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
  writeFileSync(file, bytes);
}

function zero(file: string, at: number, length: number): void {
  const bytes = readFileSync(file);
  bytes.fill(0, at, at + length);
  writeFileSync(file, bytes);
}

function truncate(file: string, length: number): void {
  writeFileSync(file, readFileSync(file).subarray(0, length));
}
