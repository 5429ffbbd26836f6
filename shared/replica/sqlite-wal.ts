import { PAGE_BYTES } from './sqlite-tables.ts';

/**
 * Reads SQLite's write-ahead log, which SQLite itself reads only up to the first frame that does not add up, silently:
 * right for a write that a power cut tore, wrong for a bit that flipped in the middle. Pure.
 * The format is https://www.sqlite.org/fileformat2.html#walformat.
 */
export type WalContent = Readonly<{
  /** What SQLite would read: the newest image of each page, up to the last commit before the break, if there is one. */
  committed: ReadonlyMap<number, Uint8Array>;
  /**
   * The same with everything that stands behind the break and belongs to this log: once without the frames that do not add
   * up, for it may be their page number that is wrong and hides a page that is sound, and once with them.
   */
  everything: readonly ReadonlyMap<number, Uint8Array>[];
  /**
   * A commit stands at or behind the break: something that was once whole may be cut off. Not so when the first commit of
   * this log never came to its end, which is seen by the log before it still standing behind (`sqlite-connection`).
   */
  cutOff: boolean;
}>;

const HEADER_BYTES = 32;
const FRAME_HEADER_BYTES = 24;
const FRAME_BYTES = FRAME_HEADER_BYTES + PAGE_BYTES;
const MAGIC = 0x377f0682;

type Frame = {
  readonly page: number;
  readonly commit: boolean;
  readonly image: Uint8Array;
  readonly whole: boolean;
};

export function readWal(bytes: Uint8Array): WalContent {
  const { frames, whole, hasOlder } = readFrames(bytes);
  const broken = whole ? frames.findIndex((frame) => !frame.whole) : 0;
  const intact = broken < 0 ? frames : frames.slice(0, broken);
  const lastCommit = intact.findLastIndex((frame) => frame.commit);
  const isBegun = hasOlder && lastCommit < 0 && broken === frames.length - 1;
  return {
    committed: imagesOf(intact.slice(0, lastCommit + 1)),
    everything: [imagesOf(frames.filter((frame) => frame.whole)), imagesOf(frames)],
    cutOff: broken >= 0 && !isBegun && frames.slice(broken).some((frame) => frame.commit),
  };
}

const imagesOf = (frames: readonly Frame[]) => new Map(frames.map(({ page, image }) => [page, image]));

/**
 * The frames of this log. Those of an older round behind them carry another salt; one that carries another and yet adds up
 * with a frame of this log before it, or has frames of this log behind it, only has a salt that was harmed.
 */
function readFrames(bytes: Uint8Array): {
  readonly frames: readonly Frame[];
  readonly whole: boolean;
  readonly hasOlder: boolean;
} {
  if (bytes.byteLength < HEADER_BYTES + FRAME_BYTES) return { frames: [], whole: true, hasOlder: false };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = (view.getUint32(0) & 1) === 0;
  const header = sum(view, 0, 24, { a: 0, b: 0 }, littleEndian);
  const headerWhole = (view.getUint32(0) & ~1) === MAGIC && matches(view, 24, header);
  const first = { salt1: view.getUint32(HEADER_BYTES + 8), salt2: view.getUint32(HEADER_BYTES + 12) };
  const salts = headerWhole ? { salt1: view.getUint32(16), salt2: view.getUint32(20) } : first;

  const frames: (Frame & { readonly own: boolean })[] = [];
  let before = { a: view.getUint32(24), b: view.getUint32(28) };
  for (let at = HEADER_BYTES; at + FRAME_BYTES <= bytes.byteLength; at += FRAME_BYTES) {
    const salted = view.getUint32(at + 8) === salts.salt1 && view.getUint32(at + 12) === salts.salt2;
    const start = sum(view, at, 8, before, littleEndian);
    const adds = matches(view, at + 16, sum(view, at + FRAME_HEADER_BYTES, PAGE_BYTES, start, littleEndian));
    // Each frame is held against what the one before says of itself, so that one flipped bit condemns one frame.
    before = { a: view.getUint32(at + 16), b: view.getUint32(at + 20) };
    const image = bytes.subarray(at + FRAME_HEADER_BYTES, at + FRAME_BYTES);
    const commit = view.getUint32(at + 4) !== 0;
    const own = salted || (adds && (frames.at(-1)?.own ?? headerWhole));
    frames.push({ page: view.getUint32(at), commit, image, whole: salted && adds, own });
  }
  const last = frames.findLastIndex((frame) => frame.own);
  return { frames: frames.slice(0, last + 1), whole: headerWhole, hasOlder: last < frames.length - 1 };
}

type Sum = { readonly a: number; readonly b: number };

function sum(view: DataView, at: number, length: number, from: Sum, littleEndian: boolean): Sum {
  let { a, b } = from;
  for (let offset = at; offset < at + length; offset += 8) {
    a = (a + view.getUint32(offset, littleEndian) + b) >>> 0;
    b = (b + view.getUint32(offset + 4, littleEndian) + a) >>> 0;
  }
  return { a, b };
}

const matches = (view: DataView, at: number, { a, b }: Sum) =>
  view.getUint32(at) === a && view.getUint32(at + 4) === b;
