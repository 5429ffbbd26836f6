import { randomBytes } from 'node:crypto';
import { closeSync, constants, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { syncPath } from '../pglite/fsynced-files.ts';
import type { JournalDisk } from './journal-disk.ts';
import { readEntries, type JournalEntry } from './journal-entry.ts';
import {
  HEAD_BYTES,
  MARK_BYTES,
  markOfRecords,
  readHead,
  readRecords,
  writeHead,
  writeRecord,
} from './journal-records.ts';

/** What a journal holds cannot be trusted, or is another store's. Nobody but a person can decide what to do. */
export class JournalUnusable extends Error {
  override readonly name = 'JournalUnusable';
}

type JournalFile = {
  readonly descriptor: number;
  use: number;
  mark: Buffer;
  /** Where the next record goes. */
  at: number;
  /** Up to where it is on disk. */
  safe: number;
};

/**
 * Two files that are written in turns: one takes what is stored now, while what is in the other goes to the database. A file
 * is used again once all that was in it is there.
 */
export class JournalFiles {
  private current: JournalFile;
  private other: JournalFile;
  private isClosed = false;
  private readonly storeId: string;
  private readonly disk: JournalDisk;

  private constructor(current: JournalFile, other: JournalFile, storeId: string, disk: JournalDisk) {
    this.current = current;
    this.other = other;
    this.storeId = storeId;
    this.disk = disk;
  }

  /**
   * @param preparedBytes what each file is long from the beginning. What fits into that is brought to disk in a fraction of the
   *   time that a file takes which grows: nothing but the bytes must be written.
   * @returns what the journal holds, in the order in which it was stored; much of it may be in the database already
   * @throws {JournalUnusable}
   */
  static async open(
    folder: string,
    storeId: string,
    preparedBytes: number,
    disk: JournalDisk,
  ): Promise<{ readonly files: JournalFiles; readonly entries: readonly JournalEntry[] }> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const read = [];
    for (const name of ['journal.1', 'journal.2'])
      read.push(await openFile(join(folder, name), storeId, preparedBytes, disk));
    syncPath(folder);
    const [older, newer] = read.toSorted((a, b) => a.file.use - b.file.use);
    if (older === undefined || newer === undefined) throw new Error('a journal has two files');
    const files = new JournalFiles(newer.file, older.file, storeId, disk);
    const entries = [...older.entries, ...newer.entries];
    // Of a file whose head is harmed nobody knows whether it is the older one; what is in it knows its place by itself.
    return { files, entries: entries.toSorted((a, b) => a.before - b.before) };
  }

  /** Whether anything was stored since `turn` was called the last time. */
  isUsed(): boolean {
    return this.current.at > HEAD_BYTES;
  }

  /**
   * To be called once all that the journal holds is in the database, or when nothing of the other file is needed any more;
   * all that was appended is flushed.
   */
  async turn(): Promise<void> {
    this.check();
    const file = this.other;
    const use = Math.max(this.current.use, file.use) + 1;
    const mark = randomBytes(MARK_BYTES);
    this.disk.write(file.descriptor, writeHead({ use, mark, storeId: this.storeId }), 0);
    await this.disk.flush(file.descriptor);
    Object.assign(file, { use, mark, at: HEAD_BYTES, safe: HEAD_BYTES });
    this.other = this.current;
    this.current = file;
  }

  /** What was appended survives the end of this process, and a power cut once it is flushed. */
  append(contents: Uint8Array): void {
    this.check();
    const file = this.current;
    const record = writeRecord(file.mark, contents, file.safe);
    this.disk.write(file.descriptor, record, file.at);
    file.at += record.length;
  }

  /** Resolves when all that was appended before is on disk. One at a time, and none while it turns. */
  async flush(): Promise<void> {
    this.check();
    const file = this.current;
    const { at } = file;
    await this.disk.flush(file.descriptor);
    file.safe = at;
  }

  private check(): void {
    if (this.isClosed) throw new Error('the journal is closed');
  }

  async close(): Promise<void> {
    // Nothing is written to a file that is closed, whatever gets its descriptor next.
    for (const { descriptor } of this.isClosed ? [] : [this.current, this.other]) closeSync(descriptor);
    this.isClosed = true;
    return Promise.resolve();
  }
}

async function openFile(
  path: string,
  storeId: string,
  preparedBytes: number,
  disk: JournalDisk,
): Promise<{ readonly file: JournalFile; readonly entries: readonly JournalEntry[] }> {
  const descriptor = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    const bytes = readFileSync(descriptor);
    if (bytes.length < preparedBytes) {
      disk.write(descriptor, Buffer.alloc(preparedBytes - bytes.length), bytes.length);
      await disk.flush(descriptor);
    }
    const head = readHead(bytes);
    const mark = head?.mark ?? markOfRecords(bytes) ?? randomBytes(MARK_BYTES);
    const { contents, isDamaged } = readRecords(bytes, { mark });
    if (isDamaged)
      throw new JournalUnusable(
        `${path} is damaged: something in its middle cannot be read. Bring back a copy of the data folder.`,
      );
    if (contents.length > 0 && head !== undefined && head.storeId !== storeId)
      throw new JournalUnusable(
        `${path} belongs to another database than the one beside it. Bring back that one, or move the journal away.`,
      );
    const entries = contents.flatMap(readEntries);
    return { file: { descriptor, use: head?.use ?? 0, mark, at: 0, safe: 0 }, entries };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}
