import * as Y from 'yjs';
import { ok, type Result } from '../kernel/result.ts';
import { hasWaiting } from './compact-updates.ts';
import { loadUpdates } from './load-document.ts';
import { markSaved } from './mark-saved.ts';
import type { Write } from './perform-writes.ts';
import { rebuildDocument, type RefusedNumber } from './rebuild-document.ts';
import { receiveUpdates, tidyDocument, type ReceiveFailure } from './receive-updates.ts';
import { readyDocument, showDocument, type ReplicaCore, type UnsavedChange } from './replica-core.ts';
import type { DocumentName, StoreFailure, UnsavedEdit } from './replica-store.ts';
import type { WriteQueue } from './write-queue.ts';

/** A replica as whoever brings it together with a server sees it: bytes, numbers and answers. */
export type ReplicaSync = {
  /** The server's store that this replica belongs to; null while it works alone. */
  readonly team: () => string | null;
  /**
   * From now on edits wait for that server's word, or, with null, for nobody's. They come under a new client id, so that
   * none builds on one of before just by being next. What is here already stays, and is not sent by this: whoever joins a
   * replica that holds something sends `encode` of it first, or opens an empty store.
   */
  readonly joinTeam: (storeId: string | null) => Promise<Result<undefined, StoreFailure>>;
  /** What the document holds, as a Yjs state vector and as one update (v1) of all that `since` lacks. Opens it if need be. */
  readonly stateVector: (document: DocumentName) => Promise<Result<Uint8Array, StoreFailure>>;
  readonly encode: (document: DocumentName, since?: Uint8Array) => Promise<Result<Uint8Array, StoreFailure>>;
  /**
   * As `encode`, but without the own edits that are unsaved and what others built on those: what can be brought back to a
   * server that lost it.
   */
  readonly encodeSaved: (document: DocumentName, since: Uint8Array) => Promise<Result<Saved, StoreFailure>>;
  /** Own edits that the server has not saved, in order, by number. */
  readonly unsaved: (document: DocumentName) => Promise<Result<readonly UnsavedEdit[], StoreFailure>>;
  readonly onUnsaved: (listener: (change: UnsavedChange) => void) => () => void;
  /** Takes updates (v1) that the server has saved: all of them on disk, or none. */
  readonly receive: (
    document: DocumentName,
    updates: readonly Uint8Array[],
  ) => Promise<Result<undefined, ReceiveFailure>>;
  /**
   * The server has saved all edits up to `n`. Answers are handed on in the order in which they came, each refusal at its
   * place among them; saved numbers in a row may be handed on as their highest.
   */
  readonly markSaved: (
    document: DocumentName,
    n: number,
  ) => Promise<Result<undefined, StoreFailure | ReceiveFailure>>;
  /** The server has refused these; the others are made again without them. */
  readonly markRefused: (
    document: DocumentName,
    refused: readonly RefusedNumber[],
  ) => Promise<Result<undefined, StoreFailure>>;
};

export type Saved = Readonly<{
  bytes: Uint8Array;
  /** Nothing had to be left out. */
  isWhole: boolean;
}>;

export function createReplicaSync(core: ReplicaCore, queue: WriteQueue<Write>): ReplicaSync {
  const encode = (name: DocumentName, read: (doc: Y.Doc) => Uint8Array) =>
    queue.alone(async () => {
      const ready = await readyDocument(core, name);
      return ready.ok ? ok(read(ready.value.doc())) : ready;
    });
  return {
    team: () => core.team,
    joinTeam: (storeId) => queue.alone(() => joinTeam(core, storeId)),
    stateVector: (name) => encode(name, (doc) => Y.encodeStateVector(doc)),
    encode: (name, since) => encode(name, (doc) => Y.encodeStateAsUpdate(doc, since)),
    encodeSaved: (name, since) => queue.alone(() => encodeSaved(core, name, since)),
    unsaved: (name) => queue.alone(() => core.store.unsaved(name)),
    onUnsaved(listener) {
      core.unsavedListeners.add(listener);
      return () => core.unsavedListeners.delete(listener);
    },
    receive: (name, updates) => queue.alone(() => receiveUpdates(core, name, updates)),
    markSaved: (name, n) => queue.alone(() => markSaved(core, name, n)),
    markRefused: (name, refused) => queue.alone(() => refuse(core, name, refused)),
  };
}

async function encodeSaved(
  { store }: ReplicaCore,
  name: DocumentName,
  since: Uint8Array,
): Promise<Result<Saved, StoreFailure>> {
  const stored = await store.load(name);
  if (!stored.ok) return stored;
  const { doc } = loadUpdates(stored.value.snapshot, stored.value.updates);
  const isWhole = !hasWaiting(doc);
  // Yjs would put what waits into the update, which nobody could take before what it waits for.
  doc.store.pendingStructs = null;
  doc.store.pendingDs = null;
  const bytes = Y.encodeStateAsUpdate(doc, since);
  doc.destroy();
  return ok({ bytes, isWhole });
}

async function joinTeam(core: ReplicaCore, storeId: string | null): Promise<Result<undefined, StoreFailure>> {
  if (core.team === storeId) return ok(undefined);
  const stored = await core.store.setSetting('team', storeId ?? undefined);
  if (!stored.ok) return stored;
  core.team = storeId;
  const names = [core.catalogue, ...core.walls.values()].map(({ name }) => name);
  for (const name of names) core.stale.add(name);
  for (const name of names) await readyDocument(core, name);
  return ok(undefined);
}

async function refuse(
  core: ReplicaCore,
  name: DocumentName,
  refused: readonly RefusedNumber[],
): Promise<Result<undefined, StoreFailure>> {
  const ready = await readyDocument(core, name);
  if (!ready.ok) return ready;
  const rebuilt = await rebuildDocument(core, ready.value, refused);
  if (!rebuilt.ok) return rebuilt;
  await tidyDocument(core, ready.value);
  showDocument(core, ready.value);
  return ok(undefined);
}
