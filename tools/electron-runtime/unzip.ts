import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

export type ZipEntry = {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly headerOffset: number;
  /** Unix permission bits, 0 where the archive has none. */
  readonly mode: number;
  readonly isPlainFile: boolean;
};

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;

/**
 * Unpacks the plain files of a zip archive (no encryption, no zip64) that `rename` gives a place below `folder`.
 * @param rename an entry's path below `folder`, or undefined to leave it out
 * @throws Error when the archive is damaged or an entry would land outside `folder`
 */
export async function unzip(
  archive: string,
  folder: string,
  rename: (name: string) => string | undefined,
): Promise<void> {
  const file = await open(archive, 'r');
  try {
    const entries = await readDirectory(file);
    for (const entry of entries) {
      const place = entry.isPlainFile ? rename(entry.name) : undefined;
      if (place !== undefined) await unpack(file, archive, entry, join(folder, insideOnly(place)));
    }
  } finally {
    await file.close();
  }
}

/** The archive's table of contents. */
export async function readDirectory(file: FileHandle): Promise<readonly ZipEntry[]> {
  const { size } = await file.stat();
  const tailBytes = Math.min(size, END_BYTES + LONGEST_COMMENT);
  const tail = await read(file, size - tailBytes, tailBytes);
  let end = tail.length - END_BYTES;
  while (end >= 0 && tail.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
  if (end < 0) throw new Error('not a zip archive, or cut short: its table of contents is missing');
  const directory = await read(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  const entries: ZipEntry[] = [];
  for (let at = 0; at < directory.length;) {
    if (directory.length - at < 46 || directory.readUInt32LE(at) !== DIRECTORY_ENTRY) {
      throw new Error('the zip archive is damaged: its table of contents cannot be read');
    }
    const nameBytes = directory.readUInt16LE(at + 28);
    const type = directory.readUInt32LE(at + 38) >>> 16;
    const name = directory.toString('utf8', at + 46, at + 46 + nameBytes);
    entries.push({
      name,
      method: directory.readUInt16LE(at + 10),
      packedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      headerOffset: directory.readUInt32LE(at + 42),
      mode: type & 0o777,
      isPlainFile: !name.endsWith('/') && ((type & 0o170000) === 0o100000 || (type & 0o170000) === 0),
    });
    at += 46 + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

async function unpack(file: FileHandle, archive: string, entry: ZipEntry, target: string): Promise<void> {
  const header = await read(file, entry.headerOffset, 30);
  if (header.readUInt32LE(0) !== LOCAL_HEADER) throw new Error(`the zip archive is damaged at ${entry.name}`);
  const start = entry.headerOffset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  await mkdir(dirname(target), { recursive: true });
  const out = createWriteStream(target, { mode: entry.mode || 0o644 });
  if (entry.packedBytes === 0) {
    await pipeline([], out);
  } else {
    const packed = createReadStream(archive, { start, end: start + entry.packedBytes - 1 });
    if (entry.method === DEFLATED) await pipeline(packed, createInflateRaw(), out);
    else if (entry.method === STORED) await pipeline(packed, out);
    else throw new Error(`${entry.name} is packed in an unknown way (${entry.method})`);
  }
  if (out.bytesWritten !== entry.bytes) {
    throw new Error(`${entry.name} is damaged: ${out.bytesWritten} bytes instead of ${entry.bytes}`);
  }
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead !== length) throw new Error('the zip archive is cut short');
  return buffer;
}

function insideOnly(place: string): string {
  const path = normalize(place);
  if (isAbsolute(path) || path.split(/[\\/]/).includes('..')) {
    throw new Error(`the zip archive wants to write outside its folder: ${place}`);
  }
  return path;
}
