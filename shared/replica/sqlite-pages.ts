import { PAGE_BYTES, type SqlValue } from './sqlite-tables.ts';

/**
 * Reads rows out of the bare pages of a SQLite file, asking nothing of the rest of it: no header, no schema, no tree.
 * Pure. The format is https://www.sqlite.org/fileformat2.html; the file is ours (4096-byte pages, UTF-8, nothing
 * reserved), so a leaf of a table holds cells of: payload length, row id, record.
 */
export type Pages = {
  /** Page numbers count from 1. */
  readonly numbers: Iterable<number>;
  readonly get: (page: number) => Uint8Array | undefined;
};

const LEAF_TABLE = 0x0d;
const OTHER_PAGES = [0x02, 0x05, 0x0a];
/** What a payload may keep in its own page; the rest goes to a chain of overflow pages. */
const MAX_LOCAL = PAGE_BYTES - 35;
const MIN_LOCAL = Math.floor(((PAGE_BYTES - 12) * 32) / 255) - 23;
const CHAIN_BYTES = PAGE_BYTES - 4;

/** No row of ours is bigger: an update or a record is bounded long before. Bytes. */
const MAX_PAYLOAD = 256 * 1024 * 1024;

/**
 * Hands every record that can be made out to `take`. Where a page's own list of its cells is not sound, every offset
 * is tried, except in pages that carry the rest of a record that was read.
 */
export function scanPages(pages: Pages, take: (record: readonly SqlValue[]) => void): void {
  const carriers = new Set<number>();
  const unsound: number[] = [];
  const follow = { get: pages.get, carriers };
  for (const number of pages.numbers) {
    const page = pages.get(number);
    if (page !== undefined && !scanDirectory(follow, page, number === 1 ? 100 : 0, take))
      unsound.push(number);
  }
  for (const number of unsound) {
    const page = carriers.has(number) ? undefined : pages.get(number);
    for (let offset = 0; page !== undefined && offset < PAGE_BYTES - 4; offset += 1) {
      const record = readCell(follow, page, offset);
      if (record !== undefined) take(record);
    }
  }
}

/** Where the rest of a record is read, and which pages were used for that. */
type Chains = { readonly get: Pages['get']; readonly carriers: Set<number> };

/** Follows the page's own list of cells. Answers whether that accounts for the page. */
function scanDirectory(
  chains: Chains,
  page: Uint8Array,
  start: number,
  take: (record: readonly SqlValue[]) => void,
): boolean {
  const kind = page[start] ?? 0;
  if (OTHER_PAGES.includes(kind)) return true;
  if (kind !== LEAF_TABLE) return page.every((byte) => byte === 0);
  const cells = read16(page, start + 3);
  if (start + 8 + cells * 2 > PAGE_BYTES) return false;
  let sound = true;
  for (let cell = 0; cell < cells; cell += 1) {
    const record = readCell(chains, page, read16(page, start + 8 + cell * 2));
    if (record === undefined) sound = false;
    else take(record);
  }
  return sound;
}

function readCell(chains: Chains, page: Uint8Array, offset: number): SqlValue[] | undefined {
  const payload = readVarint(page, offset);
  if (payload === undefined || payload.value < 4 || payload.value > MAX_PAYLOAD) return undefined;
  const rowId = readVarint(page, payload.end);
  if (rowId === undefined) return undefined;
  const local = localBytes(payload.value);
  const end = rowId.end + local + (local < payload.value ? 4 : 0);
  if (end > PAGE_BYTES) return undefined;
  const head = page.subarray(rowId.end, rowId.end + local);
  const types = readTypes(head, payload.value);
  if (types === undefined) return undefined;
  if (local === payload.value) return readValues(head, types);
  const whole = joinChain(chains, head, read32(page, rowId.end + local), payload.value);
  return whole === undefined ? undefined : readValues(whole, types);
}

function localBytes(payload: number): number {
  if (payload <= MAX_LOCAL) return payload;
  const local = MIN_LOCAL + ((payload - MIN_LOCAL) % CHAIN_BYTES);
  return local <= MAX_LOCAL ? local : MIN_LOCAL;
}

function joinChain(chains: Chains, head: Uint8Array, first: number, length: number): Uint8Array | undefined {
  const slices = [head];
  const used: number[] = [];
  let missing = length - head.byteLength;
  // Every turn takes bytes towards `length`, so a chain that bites its tail ends too.
  for (let next = first; missing > 0;) {
    const page = chains.get(next);
    if (page === undefined) return undefined;
    used.push(next);
    slices.push(page.subarray(4, 4 + Math.min(CHAIN_BYTES, missing)));
    missing -= CHAIN_BYTES;
    next = read32(page, 0);
  }
  for (const page of used) chains.carriers.add(page);
  return concat(slices, length);
}

function concat(slices: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const slice of slices) {
    whole.set(slice, offset);
    offset += slice.byteLength;
  }
  return whole;
}

type Types = { readonly codes: readonly number[]; readonly start: number };

/** The types of a record's columns; undefined if their sizes do not make up the payload exactly. */
function readTypes(head: Uint8Array, payload: number): Types | undefined {
  const size = readVarint(head, 0);
  if (size === undefined || size.value < 3 || size.value > 64 || size.value > head.byteLength)
    return undefined;
  const codes: number[] = [];
  let total = size.value;
  for (let offset = size.end; offset < size.value;) {
    const code = readVarint(head, offset);
    if (code === undefined || code.value === 10 || code.value === 11) return undefined;
    codes.push(code.value);
    total += sizeOf(code.value);
    offset = code.end;
  }
  return total === payload ? { codes, start: size.value } : undefined;
}

const FIXED_SIZES = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0];
const sizeOf = (code: number) => FIXED_SIZES[code] ?? (code - (code % 2 === 0 ? 12 : 13)) / 2;

function readValues(record: Uint8Array, { codes, start }: Types): SqlValue[] {
  let offset = start;
  return codes.map((code) => {
    const bytes = record.subarray(offset, offset + sizeOf(code));
    offset += bytes.byteLength;
    return readValue(code, bytes);
  });
}

function readValue(code: number, bytes: Uint8Array): SqlValue {
  if (code === 0) return null;
  if (code === 8 || code === 9) return code - 8;
  if (code === 7) return new DataView(bytes.buffer, bytes.byteOffset).getFloat64(0);
  if (code < 7) return readSigned(bytes);
  return code % 2 === 0 ? bytes.slice() : new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

function readSigned(bytes: Uint8Array): number {
  let value = (bytes[0] ?? 0) >= 0x80 ? -1n : 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return Number(value);
}

const read16 = (bytes: Uint8Array, at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
const read32 = (bytes: Uint8Array, at: number) => read16(bytes, at) * 0x1_0000 + read16(bytes, at + 2);

/** SQLite's variable-length integer: seven bits a byte, the ninth byte whole. */
function readVarint(
  bytes: Uint8Array,
  at: number,
): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let index = 0; index < 9; index += 1) {
    const byte = bytes[at + index];
    if (byte === undefined) return undefined;
    if (index === 8) return { value: value * 256 + byte, end: at + 9 };
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, end: at + index + 1 };
  }
  return undefined;
}
