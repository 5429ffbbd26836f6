import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  HEAD_BYTES,
  readHead,
  readRecords,
  writeHead,
  writeRecord,
  type JournalHead,
} from './journal-records.ts';

const head: JournalHead = { use: 7, mark: Buffer.from('markmark'), storeId: '0123456789abcdef' };
const contents = ['one', 'the second', '3'].map((text) => Buffer.from(text));
/** Each written when all before it were on disk. */
const records: readonly Buffer[] = contents.reduce<Buffer[]>((before, bytes) => {
  const safe = before.reduce((sum, { length }) => sum + length, HEAD_BYTES);
  return [...before, writeRecord(head.mark, bytes, safe)];
}, []);
const file = Buffer.concat([writeHead(head), ...records, Buffer.alloc(1_000)]);
const ends = records.map(
  (_, i) => HEAD_BYTES + records.slice(0, i + 1).reduce((sum, { length }) => sum + length, 0),
);

describe('the records of a journal', () => {
  it('[SJ2] a file tells what was written to it, and nothing of its earlier uses', () => {
    expect(readHead(file)).toEqual(head);
    const earlier = Buffer.concat([
      file.subarray(0, ends[0]),
      writeRecord(Buffer.from('earlier!'), Buffer.from('old'), 0),
    ]);
    expect(readRecords(earlier, head)).toEqual({ contents: contents.slice(0, 1), isDamaged: false });
    expect(readHead(Buffer.alloc(4_096))).toBeUndefined();
    expect(readHead(file.subarray(0, 100))).toBeUndefined();
  });

  it('[SJ2] wherever the last record was cut off by a power cut, those before it are read', () => {
    const [second = 0, third = 0] = ends.slice(1);
    for (let cut = second; cut < third; cut++) {
      const torn = Buffer.from(file);
      torn.fill(0, cut);
      expect(readRecords(torn, head)).toEqual({ contents: contents.slice(0, 2), isDamaged: false });
    }
    expect(readRecords(file, head).contents).toEqual(contents);
  });

  it('[SJ2] a power cut may take any of those that were not on disk yet, and what stands behind them is left out', () => {
    const unsafe = contents.map((bytes) => writeRecord(head.mark, bytes, HEAD_BYTES + records[0]!.length));
    const [first, second, third] = [records[0]!, ...unsafe.slice(1)];
    const torn = Buffer.concat([
      writeHead(head),
      first,
      Buffer.alloc(second!.length),
      third!,
      Buffer.alloc(9),
    ]);
    expect(readRecords(torn, head)).toEqual({ contents: contents.slice(0, 1), isDamaged: false });
  });

  it('[SJ2] records are read that say nothing of what was on disk, as the first servers wrote them', () => {
    const old = contents.map((bytes) => firstKind(head.mark, bytes));
    const whole = Buffer.concat([writeHead(head), ...old, records[0]!]);
    expect(readRecords(whole, head)).toEqual({ contents: [...contents, contents[0]], isDamaged: false });
    whole[HEAD_BYTES + 20] = 255 - (whole[HEAD_BYTES + 20] ?? 0);
    expect(readRecords(whole, head).isDamaged).toBe(true);
  });

  it('[SJ3] a harmed byte in a record that others follow is noticed', () => {
    for (let at = HEAD_BYTES; at < (ends[1] ?? 0); at++) {
      const harmed = Buffer.from(file);
      harmed[at] = (harmed[at] ?? 0) ^ 0x40;
      expect(readRecords(harmed, head).isDamaged).toBe(true);
    }
  });
});

/** mark · length · checksum of length and contents · contents */
function firstKind(mark: Buffer, contents: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(contents.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32LE(crc32(Buffer.concat([length, contents])));
  return Buffer.concat([mark, length, checksum, contents]);
}
