import { crc32 } from 'node:zlib';

/** Byte strings, found by what is in them. */
export class BytesSet {
  private readonly bySum = new Map<number, Uint8Array[]>();

  constructor(all: Iterable<Uint8Array>) {
    for (const bytes of all) {
      const sum = crc32(bytes);
      const alike = this.bySum.get(sum);
      if (alike === undefined) this.bySum.set(sum, [bytes]);
      else alike.push(bytes);
    }
  }

  has(bytes: Uint8Array): boolean {
    return this.bySum.get(crc32(bytes))?.some((one) => Buffer.compare(one, bytes) === 0) ?? false;
  }
}
