import * as Y from 'yjs';
import { loadUpdates } from './load-document.ts';

/** What a document's snapshot and log come to. */
export type Compacted = Readonly<{
  /** Encoding v2. */
  bytes: Uint8Array;
  /** Updates that need others which are not here, or that cannot be read. They are not in `bytes` and must be kept. */
  waiting: readonly Uint8Array[];
}>;

/**
 * Takes a snapshot (encoding v2) and later updates (v1) together as one snapshot (v2). What was deleted is let go; the
 * result is loaded and encoded once more, for only in a fresh load do the remains of old deletions merge. Throws if
 * the result does not say exactly what went in, or if the snapshot cannot be read.
 */
export function compactUpdates(snapshot: Uint8Array | null, updates: readonly Uint8Array[]): Compacted {
  const after = new Y.Doc();
  const { doc: before, waiting } = loadWithoutWaiting(snapshot, updates);
  try {
    Y.applyUpdateV2(after, Y.encodeStateAsUpdateV2(before));
    if (hasWaiting(after) || !Y.equalSnapshots(Y.snapshot(before), Y.snapshot(after))) {
      throw new Error('the compacted document differs from the one that it was made of');
    }
    return { bytes: Y.encodeStateAsUpdateV2(after), waiting };
  } finally {
    before.destroy();
    after.destroy();
  }
}

/** Whether a document holds edits whose predecessors it lacks. */
export function hasWaiting(doc: Y.Doc): boolean {
  return doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
}

/** The updates of which a document could not take everything, for want of earlier ones. */
export function waitingUpdates(doc: Y.Doc, updates: readonly Uint8Array[]): readonly Uint8Array[] {
  if (!hasWaiting(doc)) return [];
  const state = Y.decodeStateVector(Y.encodeStateVector(doc));
  const known = (client: number, end: number) => end <= (state.get(client) ?? 0);
  return updates.filter((update) => {
    const { structs, ds } = Y.decodeUpdate(update);
    const deletions = [...ds.clients].flatMap(([client, runs]) =>
      runs.map((run) => ({ client, end: run.clock + run.len })),
    );
    const additions = structs.map((struct) => ({
      client: struct.id.client,
      end: struct.id.clock + struct.length,
    }));
    return [...additions, ...deletions].some(({ client, end }) => !known(client, end));
  });
}

/** Leaving out an update that waits can make others wait that built on the rest of it; hence the rounds. */
function loadWithoutWaiting(snapshot: Uint8Array | null, updates: readonly Uint8Array[]) {
  const waiting: Uint8Array[] = [];
  for (let rest = updates; ;) {
    const { doc, unreadable } = loadUpdates(snapshot, rest);
    const left = [
      ...unreadable,
      ...waitingUpdates(
        doc,
        rest.filter((update) => !unreadable.includes(update)),
      ),
    ];
    if (left.length === 0 && hasWaiting(doc)) {
      throw new Error('the snapshot itself waits for edits that are not here');
    }
    waiting.push(...left);
    if (!hasWaiting(doc)) return { doc, waiting };
    doc.destroy();
    rest = rest.filter((update) => !left.includes(update));
  }
}
