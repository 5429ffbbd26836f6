import { crc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { BytesSet } from './bytes-set.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

it('finds byte strings by what is in them, also where their sums are the same', () => {
  const [one, alike] = ['plumless', 'buckeroo'].map(bytesOf) as [Uint8Array, Uint8Array];
  expect(crc32(one)).toBe(crc32(alike));
  const set = new BytesSet([one, bytesOf('another')]);
  expect([one, alike, bytesOf('another'), bytesOf('plumles')].map((bytes) => set.has(bytes))).toEqual([
    true,
    false,
    true,
    false,
  ]);
});
