import { crc32 } from 'node:zlib';

/**
 * A journal file is a head and records, one behind the other. All of one use of the file carry the same random mark, so that
 * what is left of an earlier use is not taken for a part of this one:
 *
 *     head:   magic (4) · use (4) · mark (8) · length of the store's id (4) · id · zeros up to HEAD_BYTES - 4 · checksum (4)
 *     record: mark (8) · length (4) · checksum of length and what follows (4) · up to where the file was on disk (4) · contents
 *
 * A record does not wait for those before it to be on disk, so a power cut can take one and leave a later one. By what each
 * says of that, such a gap is told from damage. Records of the first kind say nothing of it: each was written when all
 * before it were on disk. They differ by where their checksum starts from.
 */
export type JournalHead = { readonly use: number; readonly mark: Buffer; readonly storeId: string };

const MAGIC = Buffer.from('SWJ1');
export const HEAD_BYTES = 512;
export const MARK_BYTES = 8;
const RECORD_HEAD_BYTES = MARK_BYTES + 8;
const SAFE_BYTES = 4;
const CHECKSUM_FROM = 2;
const CHECKSUM_FROM_FIRST_KIND = 0;
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

/** @param safe up to where the file is on disk now */
export function writeRecord(mark: Buffer, contents: Uint8Array, safe: number): Buffer {
  const length = SAFE_BYTES + contents.length;
  const bytes = Buffer.allocUnsafe(RECORD_HEAD_BYTES + length);
  mark.copy(bytes, 0);
  bytes.writeUInt32LE(length, MARK_BYTES);
  bytes.writeUInt32LE(safe, RECORD_HEAD_BYTES);
  bytes.set(contents, RECORD_HEAD_BYTES + SAFE_BYTES);
  bytes.writeUInt32LE(checksumOf(bytes, 0, length, CHECKSUM_FROM), MARK_BYTES + 4);
  return bytes;
}

/**
 * Reads the records of a file in their order, up to one that is not whole: that was not on disk yet when the power went,
 * and neither it nor what came behind it was called saved.
 * @returns `isDamaged` when a whole record behind it says that it was on disk: then the disk has harmed what was stored
 */
export function readRecords(
  bytes: Buffer,
  { mark }: Pick<JournalHead, 'mark'>,
): { readonly contents: readonly Buffer[]; readonly isDamaged: boolean } {
  const contents: Buffer[] = [];
  let at = HEAD_BYTES;
  for (let record = readRecord(bytes, at, mark); record !== undefined; record = readRecord(bytes, at, mark)) {
    contents.push(record.contents);
    at = record.end;
  }
  return { contents, isDamaged: wasOnDisk(bytes, at, mark) };
}

type ReadRecord = { readonly contents: Buffer; readonly safe: number; readonly end: number };

function readRecord(bytes: Buffer, at: number, mark: Buffer): ReadRecord | undefined {
  const from = at + RECORD_HEAD_BYTES;
  if (from > bytes.length || !bytes.subarray(at, at + MARK_BYTES).equals(mark)) return undefined;
  const length = bytes.readUInt32LE(at + MARK_BYTES);
  const end = from + length;
  if (end > bytes.length) return undefined;
  const checksum = bytes.readUInt32LE(at + MARK_BYTES + 4);
  if (length >= SAFE_BYTES && checksumOf(bytes, at, length, CHECKSUM_FROM) === checksum)
    return { contents: bytes.subarray(from + SAFE_BYTES, end), safe: bytes.readUInt32LE(from), end };
  if (checksumOf(bytes, at, length, CHECKSUM_FROM_FIRST_KIND) !== checksum) return undefined;
  return { contents: bytes.subarray(from, end), safe: at, end };
}

/** Whether a record further on says that this place was on disk when it was written. */
function wasOnDisk(bytes: Buffer, place: number, mark: Buffer): boolean {
  for (let at = bytes.indexOf(mark, place + 1); at >= 0; at = bytes.indexOf(mark, at + 1)) {
    const record = readRecord(bytes, at, mark);
    if (record !== undefined && record.safe > place) return true;
  }
  return false;
}

function checksumOf(bytes: Buffer, at: number, length: number, start: number): number {
  const ofLength = crc32(bytes.subarray(at + MARK_BYTES, at + MARK_BYTES + 4), start);
  return crc32(bytes.subarray(at + RECORD_HEAD_BYTES, at + RECORD_HEAD_BYTES + length), ofLength);
}
