import { crc32 } from 'node:zlib';

/**
 * A journal file is a head and records, one behind the other. All of one use of the file carry the same random mark, so that
 * what is left of an earlier use is not taken for a part of this one:
 *
 *     head:   magic (4) · use (4) · mark (8) · length of the store's id (4) · id · zeros up to HEAD_BYTES - 4 · checksum (4)
 *     record: mark (8) · length (4) · checksum of length and contents (4) · contents
 */
export type JournalHead = { readonly use: number; readonly mark: Buffer; readonly storeId: string };

const MAGIC = Buffer.from('SWJ1');
export const HEAD_BYTES = 512;
export const MARK_BYTES = 8;
const RECORD_HEAD_BYTES = MARK_BYTES + 8;
const MAX_ID_BYTES = 256;

export function writeHead({ use, mark, storeId }: JournalHead): Buffer {
  const id = Buffer.from(storeId);
  if (id.length > MAX_ID_BYTES) throw new Error('the id of a store is short');
  const bytes = Buffer.alloc(HEAD_BYTES);
  MAGIC.copy(bytes, 0);
  bytes.writeUInt32LE(use, 4);
  mark.copy(bytes, 8);
  bytes.writeUInt32LE(id.length, 16);
  id.copy(bytes, 20);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, HEAD_BYTES - 4)), HEAD_BYTES - 4);
  return bytes;
}

/** @returns undefined for a file that was never used, whose next use had only just begun, or whose head is harmed */
export function readHead(bytes: Buffer): JournalHead | undefined {
  if (bytes.length < HEAD_BYTES || !bytes.subarray(0, 4).equals(MAGIC)) return undefined;
  if (crc32(bytes.subarray(0, HEAD_BYTES - 4)) !== bytes.readUInt32LE(HEAD_BYTES - 4)) return undefined;
  const length = Math.min(bytes.readUInt32LE(16), MAX_ID_BYTES);
  return {
    use: bytes.readUInt32LE(4),
    mark: Buffer.from(bytes.subarray(8, 8 + MARK_BYTES)),
    storeId: bytes.subarray(20, 20 + length).toString(),
  };
}

/**
 * The mark of a file that has no head which can be read: that of its first record. If a next use had only just begun, what
 * is read by it is in the database already; if the head is harmed, it may be nowhere else.
 * @returns undefined when there is no record
 */
export function markOfRecords(bytes: Buffer): Buffer | undefined {
  const mark = bytes.subarray(HEAD_BYTES, HEAD_BYTES + MARK_BYTES);
  return mark.length < MARK_BYTES || mark.every((byte) => byte === 0) ? undefined : Buffer.from(mark);
}

export function writeRecord(mark: Buffer, contents: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(RECORD_HEAD_BYTES + contents.length);
  mark.copy(bytes, 0);
  bytes.writeUInt32LE(contents.length, MARK_BYTES);
  bytes.set(contents, RECORD_HEAD_BYTES);
  bytes.writeUInt32LE(checksumOf(bytes, 0, contents.length), MARK_BYTES + 4);
  return bytes;
}

/**
 * Reads the records of a file in their order. A record that was being written when the power went is the last one and is
 * not whole; nobody was told that it is stored.
 * @returns `isDamaged` when there are whole records behind one that is not: then the disk has harmed what was stored
 */
export function readRecords(
  bytes: Buffer,
  { mark }: Pick<JournalHead, 'mark'>,
): { readonly contents: readonly Buffer[]; readonly isDamaged: boolean } {
  const contents: Buffer[] = [];
  let at = HEAD_BYTES;
  for (let record = readRecord(bytes, at, mark); record !== undefined; record = readRecord(bytes, at, mark)) {
    contents.push(record);
    at += RECORD_HEAD_BYTES + record.length;
  }
  return { contents, isDamaged: hasRecordBehind(bytes, at, mark) };
}

function readRecord(bytes: Buffer, at: number, mark: Buffer): Buffer | undefined {
  const from = at + RECORD_HEAD_BYTES;
  if (from > bytes.length || !bytes.subarray(at, at + MARK_BYTES).equals(mark)) return undefined;
  const length = bytes.readUInt32LE(at + MARK_BYTES);
  if (from + length > bytes.length) return undefined;
  if (checksumOf(bytes, at, length) !== bytes.readUInt32LE(at + MARK_BYTES + 4)) return undefined;
  return bytes.subarray(from, from + length);
}

function hasRecordBehind(bytes: Buffer, start: number, mark: Buffer): boolean {
  for (let at = bytes.indexOf(mark, start + 1); at >= 0; at = bytes.indexOf(mark, at + 1)) {
    if (readRecord(bytes, at, mark) !== undefined) return true;
  }
  return false;
}

function checksumOf(bytes: Buffer, at: number, length: number): number {
  const ofLength = crc32(bytes.subarray(at + MARK_BYTES, at + MARK_BYTES + 4));
  return crc32(bytes.subarray(at + RECORD_HEAD_BYTES, at + RECORD_HEAD_BYTES + length), ofLength);
}
