import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import { WALL_ROOTS } from '#shared/document/document-shape.ts';
import { systemClock, type Clock } from '#shared/kernel/clock.ts';
import { ActorId } from '#shared/model/ids.ts';
import { DocumentRoom } from './document-room.ts';
import type { ServedDocument } from './document-name.ts';
import type { FanOut } from './fan-out.ts';
import { createInMemoryFanOut } from './in-memory-fan-out.ts';
import { createInMemoryUpdateLog } from './in-memory-update-log.ts';
import { loadRoomDocument } from './room-document.ts';
import type { RoomPeer } from './room-peer.ts';
import { systemTimers } from './timers.ts';
import type { Waiting } from './unsaved-commits.ts';
import { LogUnavailable, type UpdateLog } from './update-log.ts';

export const WALL: ServedDocument = { name: 'wall:test', kind: 'wall', roots: WALL_ROOTS };

/** A connection that keeps what it is handed, and the document of the client behind it. */
export type TestPeer = RoomPeer & {
  readonly doc: Y.Doc;
  /** One entry a write. */
  readonly writes: Uint8Array[][];
  readonly answers: string[];
  isLost: boolean;
  /** What the client's edits since the last time come to. */
  readonly takeEdits: () => Uint8Array[];
};

export function createTestPeer(
  name: string,
  rights: { writable?: readonly string[]; mayCarry?: boolean; isNumbered?: boolean } = {},
): TestPeer {
  const doc = new Y.Doc();
  const edits: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'server') edits.push(update);
  });
  const writable = new Set(rights.writable ?? Object.keys(WALL_ROOTS));
  const say = (word: string, n: number): void => void peer.answers.push(`${word} ${String(n)}`);
  const peer: TestPeer = {
    doc,
    actor: ActorId.parse(`user:${name}`),
    isNumbered: rights.isNumbered ?? true,
    writes: [],
    answers: [],
    isLost: false,
    takeEdits: () => edits.splice(0),
    writable: () => writable,
    mayCarry: () => rights.mayCarry ?? false,
    send: (frames) => {
      peer.writes.push([...frames]);
      for (const { kind, body } of frames.flatMap(readFrames)) {
        if (kind === '0.1' || kind === '0.2') Y.applyUpdate(doc, body, 'server');
      }
    },
    taken: () => undefined,
    answered: (answers) => {
      for (const answer of answers)
        say(answer.type === 'saved' ? 'saved' : `refused ${answer.refusal.reason}`, answer.n);
    },
    held: (n, reason) => say(`held ${reason}`, n),
    refused: ({ reason }) => void peer.answers.push(`closed ${reason}`),
    mayAsk: () => true,
    signalled: ({ id }) => void peer.answers.push(`signal ${id}`),
    signalAnswered: ({ id, outcome }) => void peer.answers.push(`${outcome} ${id}`),
    lost: () => {
      peer.isLost = true;
    },
  };
  return peer;
}

/** Takes WebSocket frames apart again: `0.0` a question, `0.1` an answer, `0.2` an update, `1` presence. */
export function readFrames(bytes: Uint8Array): { kind: string; body: Uint8Array }[] {
  const frames: { kind: string; body: Uint8Array }[] = [];
  const view = Buffer.from(bytes);
  for (let at = 0; at < view.length;) {
    const short = view[at + 1] ?? 0;
    const [from, length] =
      short === 127
        ? [at + 10, Number(view.readBigUInt64BE(at + 2))]
        : short === 126
          ? [at + 4, view.readUInt16BE(at + 2)]
          : [at + 2, short];
    const decoder = decoding.createDecoder(new Uint8Array(view.subarray(from, from + length)));
    const kind = decoding.readVarUint(decoder);
    const name = kind === 0 ? `0.${String(decoding.readVarUint(decoder))}` : String(kind);
    frames.push({ kind: name, body: decoding.readVarUint8Array(decoder) });
    at = from + length;
  }
  return frames;
}

/** An update log that can be made to wait or to be away. */
export function createTestLog(): { log: UpdateLog; away: { is: boolean }; hold: () => () => void } {
  const log = createInMemoryUpdateLog('0123456789abcdef');
  const away = { is: false };
  let gate = Promise.resolve();
  const ifHere = async <T>(work: () => Promise<T>): Promise<T> => {
    if (away.is) throw new LogUnavailable('away');
    return work();
  };
  const guarded: UpdateLog = {
    ...log,
    append: async (...args) => {
      await gate;
      return ifHere(async () => log.append(...args));
    },
    appendAfter: async (...args) => ifHere(async () => log.appendAfter(...args)),
    read: async (...args) => ifHere(async () => log.read(...args)),
    last: async (...args) => ifHere(async () => log.last(...args)),
  };
  const hold = (): (() => void) => {
    let release = (): void => undefined;
    gate = new Promise((resolve) => (release = resolve));
    return release;
  };
  return { log: guarded, away, hold };
}

let batches = 0;

export async function openTestRoom(
  log: UpdateLog,
  options: { fanOut?: FanOut; maxWaitingBytes?: number; waiting?: Waiting; clock?: Clock } = {},
): Promise<DocumentRoom> {
  const silent = (): void => undefined;
  const maxWaitingBytes = options.maxWaitingBytes ?? 1_000_000;
  return new DocumentRoom(await loadRoomDocument(WALL, log), {
    served: WALL,
    log,
    fanOut: options.fanOut ?? createInMemoryFanOut()(),
    waiting: options.waiting ?? { bytes: 0 },
    clock: options.clock ?? systemClock,
    timers: systemTimers,
    logger: { info: silent, warn: silent, error: silent },
    limits: {
      maxUpdateBytes: 1_000_000,
      maxDocumentBytes: 1_000_000,
      maxWaitingBytes,
      maxWaitingBytesOfAll: 2 * maxWaitingBytes,
      maxEntriesPerTurn: 100,
    },
    watch: { told: silent, committed: silent, refused: silent },
    newBatchId: () => `batch-${String(++batches)}`,
    onLost: silent,
  });
}

/** Lets a client edit its own copy and sends what came of it, numbered. */
export function edit(room: DocumentRoom, peer: TestPeer, n: number, change: (doc: Y.Doc) => void): void {
  change(peer.doc);
  for (const update of peer.takeEdits()) sendEdit(room, peer, n, update);
}

export const sendEdit = (room: DocumentRoom, peer: TestPeer, n: number, bytes: Uint8Array): void =>
  room.edit(peer, { bytes, n: peer.isNumbered ? n : undefined, carried: false });

export function enter(room: DocumentRoom, ...peers: TestPeer[]): void {
  for (const peer of peers) {
    room.join(peer);
    room.question(peer, Y.encodeStateVector(peer.doc));
  }
}
