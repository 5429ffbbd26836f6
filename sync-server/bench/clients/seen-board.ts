/** Letters that no other part of an update holds, before the number of a writer (4 digits) and of an edit (7 digits). */
const MARK = '~#~';
const [FIRST, SECOND, THIRD] = Buffer.from(MARK);
const WRITER_DIGITS = 4;
const EDIT_DIGITS = 7;
const RING = 4_096;

/** The value that an edit carries, by which readers know it. `edit` counts from 1. */
export const markOf = (writer: number, edit: number): string =>
  `${MARK}${String(writer).padStart(WRITER_DIGITS, '0')}${String(edit).padStart(EDIT_DIGITS, '0')}`;

/**
 * Which reader has seen which edits of which writer. Whoever sees an edit has the state after it, earlier ones of the same
 * writer included: some servers join edits and leave out what was overwritten.
 */
export class SeenBoard {
  seen = 0;
  readonly latenciesMs: number[] = [];
  isRecording = false;
  private readonly last: Int32Array;
  private readonly missing: Int32Array;
  private readonly sentAtMs: Float64Array;
  private readonly sent: Int32Array;
  private readonly readers: number;
  private readonly audience: number;
  private readonly recordEvery: number;
  private readonly onSeenByAll: (writer: number) => void;

  constructor({ writers, readers, audience, recordEvery = 1, onSeenByAll = () => undefined }: BoardOptions) {
    this.last = new Int32Array(writers * readers);
    this.missing = new Int32Array(writers * RING);
    this.sentAtMs = new Float64Array(writers * RING);
    this.sent = new Int32Array(writers);
    this.readers = readers;
    this.audience = audience;
    this.recordEvery = recordEvery;
    this.onSeenByAll = onSeenByAll;
  }

  /** The next edit of a writer goes out. @returns its number */
  send(writer: number, nowMs: number): number {
    const edit = (this.sent[writer] ?? 0) + 1;
    this.sent[writer] = edit;
    const place = writer * RING + (edit % RING);
    this.missing[place] = this.audience;
    this.sentAtMs[place] = nowMs;
    return edit;
  }

  /** A reader hears bytes that may hold marks; those of `self` are its own. */
  hear(reader: number, self: number, bytes: Uint8Array, from: number, to: number): void {
    forEachMark(bytes, from, to, (writer, edit) => {
      if (writer !== self) this.note(reader, writer, edit);
    });
  }

  private note(reader: number, writer: number, edit: number): void {
    const key = writer * this.readers + reader;
    const before = this.last[key] ?? 0;
    if (edit <= before) return;
    this.last[key] = edit;
    this.seen += edit - before;
    const isRecorded = this.isRecording && reader % this.recordEvery === 0;
    const nowMs = isRecorded ? performance.now() : 0;
    for (let one = before + 1; one <= edit; one++) {
      const place = writer * RING + (one % RING);
      if (isRecorded) this.latenciesMs.push(nowMs - (this.sentAtMs[place] ?? 0));
      const left = (this.missing[place] ?? 0) - 1;
      this.missing[place] = left;
      if (left === 0) this.onSeenByAll(writer);
    }
  }
}

type BoardOptions = {
  readonly writers: number;
  readonly readers: number;
  /** How many readers must have seen an edit for it to be seen by all. */
  readonly audience: number;
  /** Of how many readers one's latencies are recorded. */
  readonly recordEvery?: number;
  readonly onSeenByAll?: (writer: number) => void;
};

/** Finds the marks in a part of a message, in their order. */
export function forEachMark(
  bytes: Uint8Array,
  from: number,
  to: number,
  found: (writer: number, edit: number) => void,
): void {
  const end = to - (WRITER_DIGITS + EDIT_DIGITS + 2);
  for (let at = from; at < end; at++) {
    if (bytes[at] !== FIRST || bytes[at + 1] !== SECOND || bytes[at + 2] !== THIRD) continue;
    found(digits(bytes, at + 3, WRITER_DIGITS), digits(bytes, at + 3 + WRITER_DIGITS, EDIT_DIGITS));
    at += WRITER_DIGITS + EDIT_DIGITS + 2;
  }
}

function digits(bytes: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) value = value * 10 + (bytes[i] ?? 0) - 48;
  return value;
}
