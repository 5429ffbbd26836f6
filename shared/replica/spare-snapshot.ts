import { closeSync, fsyncSync, openSync, readdirSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { crc32 } from 'node:zlib';

/**
 * A copy of each document's newest snapshot in a small file of its own beside the replica's, `<file>.spare-DOCUMENT`.
 * Nobody reads it but a rescue: one bad sector can take both snapshots in the file with it, a bad disk the whole file.
 */
export type SpareSnapshot = Readonly<{
  document: string;
  /** The position in the log up to which the snapshot holds everything. */
  through: number;
  atMs: number;
  /** Encoding v2. */
  bytes: Uint8Array;
}>;

type Head = {
  readonly document: string;
  readonly through: number;
  readonly atMs: number;
  readonly crc: number;
};

/** Written and synced in pieces of this many bytes: a disk that swallows megabytes at once makes others wait. */
const PIECE_BYTES = 256 * 1024;

/**
 * Replaces the spare of the document, whole or not at all. `breathe` is waited for between pieces, with nothing held.
 * Throws what the file system throws.
 */
export async function writeSpare(
  file: string,
  { document, through, atMs, bytes }: SpareSnapshot,
  breathe: () => Promise<void>,
): Promise<void> {
  const path = `${file}.spare-${document.replaceAll(/[^A-Za-z0-9_-]/g, '-')}`;
  const head = { document, through, atMs, crc: crc32(bytes) };
  const handle = openSync(`${path}.new`, 'w');
  try {
    writeAll(handle, Buffer.from(`${JSON.stringify(head)}\n`));
    for (let at = 0; at < bytes.byteLength; at += PIECE_BYTES) {
      writeAll(handle, bytes.subarray(at, at + PIECE_BYTES));
      fsyncSync(handle);
      await breathe();
    }
  } finally {
    closeSync(handle);
  }
  renameSync(`${path}.new`, path);
}

/** The spares that are as they were written. */
export function readSpares(file: string): readonly SpareSnapshot[] {
  return sparePaths(file).flatMap((path) => {
    const content = readFileSync(path);
    const end = content.indexOf(0x0a);
    const head = parseHead(content.toString('utf8', 0, Math.max(end, 0)));
    const bytes = content.subarray(end + 1);
    if (head === undefined || head.crc !== crc32(bytes)) return [];
    return [{ document: head.document, through: head.through, atMs: head.atMs, bytes }];
  });
}

function sparePaths(file: string): string[] {
  const prefix = `${basename(file)}.spare-`;
  const names = readdirSync(dirname(file)).filter((name) => name.startsWith(prefix));
  return names.map((name) => join(dirname(file), name)).sort();
}

function writeAll(handle: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.byteLength;) written += writeSync(handle, bytes, written);
}

function parseHead(line: string): Head | undefined {
  try {
    const { document, through, atMs, crc } = JSON.parse(line) as Partial<Record<keyof Head, unknown>>;
    const isHead = typeof document === 'string' && [through, atMs, crc].every(Number.isSafeInteger);
    return isHead ? { document, through: Number(through), atMs: Number(atMs), crc: Number(crc) } : undefined;
  } catch {
    return undefined;
  }
}
