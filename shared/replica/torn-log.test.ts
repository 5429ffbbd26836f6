import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkFile } from './sqlite-check-file.ts';
import { connect, migrate } from './sqlite-connection.ts';
import { insertSql, PAGE_BYTES, rowValues, type Row } from './sqlite-tables.ts';

const HEADER = 32;
const FRAME_HEADER = 24;
const FRAME = FRAME_HEADER + PAGE_BYTES;
const EDITS = 40;

let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'replica-torn-'));
  file = join(folder, 'replica.db');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The log as it stands after each of some edits, the first of which begins it anew. */
function buildLogs(): { readonly before: Buffer; readonly logs: readonly Buffer[] } {
  const database = connect(file);
  migrate(database);
  const bytes = Buffer.alloc(1_500, 7);
  const insertLog = database.prepare(insertSql('log'));
  const put = (position: number): void => {
    const row: Row<'log'> = { document: 'catalogue', position, bytes, command: null, atMs: position };
    insertLog.run(...rowValues('log', row));
  };
  for (let position = 1; position <= EDITS; position += 1) put(position);
  const head = { document: 'catalogue', snapshot: 1, through: EDITS, parts: 1, length: 1_500, atMs: 1 };
  const part = { document: 'catalogue', snapshot: 1, part: 0, bytes };
  database.prepare(insertSql('snapshots')).run(...rowValues('snapshots', head));
  database.prepare(insertSql('snapshotParts')).run(...rowValues('snapshotParts', part));
  database.prepare('DELETE FROM log').run();
  database.pragma('wal_checkpoint(RESTART)');
  const before = readFileSync(`${file}-wal`);
  copyFileSync(file, `${file}.kept`);
  const logs: Buffer[] = [];
  for (let position = EDITS + 1; position <= 2 * EDITS; position += 1) {
    put(position);
    logs.push(readFileSync(`${file}-wal`));
  }
  database.close();
  return { before, logs };
}

const check = (log: Buffer) => {
  const copy = join(folder, 'copy.db');
  copyFileSync(`${file}.kept`, copy);
  writeFileSync(`${copy}-wal`, log);
  return checkFile(copy);
};

it('[R11] a frame of which only the head was written when the program was killed is no damage', () => {
  const { before, logs } = buildLogs();
  const sound = { kind: 'sound' };
  const damaged = { kind: 'damaged', words: 'had damage in its log of the last changes' };
  expect(before.length).toBeGreaterThan(logs[0]?.length ?? Infinity);
  let from = HEADER;
  for (const [edit, log] of logs.entries()) {
    expect((log.length - HEADER) % FRAME, 'nothing of the log before is left').toBe(0);
    for (let at = from; at < log.length; at += FRAME) {
      const head = log.subarray(0, at + FRAME_HEADER);
      const torn = edit === 0 ? Buffer.concat([head, before.subarray(head.length)]) : head;
      expect(check(torn), `edit ${String(edit)} at ${String(at)}`).toEqual(sound);
    }
    from = log.length;
  }
  const last = Buffer.from(logs.at(-1) ?? []);
  last.writeUInt8((last.at(-100) ?? 0) ^ 1, last.length - 100);
  expect(check(last), 'one flipped bit in the last commit').toEqual(damaged);
});
