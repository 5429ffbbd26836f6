import { fail, ok, type Result } from '../kernel/result.ts';
import { isReadable } from './load-document.ts';
import { contextOf, maySettle, readyDocument, showDocument, type ReplicaCore } from './replica-core.ts';
import type { ReplicaDocument } from './replica-document.ts';
import type { DocumentName, StoreFailure } from './replica-store.ts';
import { newEditOf, noteGrowth, storeEdits } from './store-edits.ts';

/** Why updates of others were not taken: the disk, or they are no updates. None of them is there then. */
export type ReceiveFailure = StoreFailure | { readonly reason: 'unreadable'; readonly words: string };

/**
 * Takes updates that the server has saved: on disk first, then merged, own edits brought back that they carried away,
 * and what the view had to decide written down. Everybody is told once, of all of it.
 */
export async function receiveUpdates(
  core: ReplicaCore,
  name: DocumentName,
  updates: readonly Uint8Array[],
): Promise<Result<undefined, ReceiveFailure>> {
  if (!updates.every(isReadable)) {
    return fail({ reason: 'unreadable', words: 'What came from the server cannot be read.' });
  }
  const ready = await readyDocument(core, name);
  if (!ready.ok) return ready;
  const atMs = core.clock.nowMs();
  const stored = await core.store.append(
    updates.map((bytes) => ({ document: name, bytes, unsaved: false, atMs })),
  );
  core.saving.end(0, stored.ok ? undefined : stored.error);
  if (!stored.ok) return stored;
  const document = ready.value;
  noteGrowth(core, name, updates);
  if (!document.merge(updates)) {
    core.stale.add(name);
    const again = await readyDocument(core, name);
    if (!again.ok) return again;
  }
  await tidyDocument(core, document);
  showDocument(core, document);
  return ok(undefined);
}

/**
 * Rescues and settles, on disk before it is shown. When the disk does not take that, the document is as it was, and it
 * is done after the next merge.
 */
export async function tidyDocument(core: ReplicaCore, document: ReplicaDocument): Promise<void> {
  const edits = document.tidyUp(contextOf(core), maySettle(core)).map(({ type, applied, bytes }) => {
    return newEditOf(core, { applied, intent: { type }, bytes });
  });
  const stored = await storeEdits(core, edits);
  if (!stored.ok) await readyDocument(core, document.name);
}
