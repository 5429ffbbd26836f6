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
const records = contents.map((bytes) => writeRecord(head.mark, bytes));
const file = Buffer.concat([writeHead(head), ...records, Buffer.alloc(1_000)]);
const ends = records.map(
  (_, i) => HEAD_BYTES + records.slice(0, i + 1).reduce((sum, { length }) => sum + length, 0),
);

describe('the records of a journal', () => {
  it('[SJ2] a file tells what was written to it, and nothing of its earlier uses', () => {
    expect(readHead(file)).toEqual(head);
    const earlier = Buffer.concat([
      file.subarray(0, ends[0]),
      writeRecord(Buffer.from('earlier!'), Buffer.from('old')),
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

  it('[SJ3] a harmed byte in a record that others follow is noticed', () => {
    for (let at = HEAD_BYTES; at < (ends[1] ?? 0); at++) {
      const harmed = Buffer.from(file);
      harmed[at] = (harmed[at] ?? 0) ^ 0x40;
      expect(readRecords(harmed, head).isDamaged).toBe(true);
    }
  });
});
