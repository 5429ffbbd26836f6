import { ok, type Result } from '../kernel/result.ts';
import { findDocument, type ReplicaCore } from './replica-core.ts';
import type { DocumentName, StoreFailure, UnsavedEdit } from './replica-store.ts';
import { receiveUpdates, type ReceiveFailure } from './receive-updates.ts';
import { noteGrowth } from './store-edits.ts';

/**
 * The server has saved every edit of a document up to `n`. One that was replaced here meanwhile, because another was
 * refused, is there after all then: it is merged like an edit of somebody else.
 */
export async function markSaved(
  core: ReplicaCore,
  name: DocumentName,
  n: number,
): Promise<Result<undefined, StoreFailure | ReceiveFailure>> {
  const moved = await core.store.markSaved(name, n);
  if (!moved.ok) return moved;
  const document = findDocument(core, name);
  if (document !== undefined) {
    const isSaved = (edit: UnsavedEdit) => edit.n <= n;
    noteGrowth(
      core,
      name,
      document.unsaved.filter(isSaved).map(({ bytes }) => bytes),
    );
    const still = document.unsaved.filter((edit) => !isSaved(edit));
    document.unsaved.splice(0, document.unsaved.length, ...still);
  }
  const saved = takeReplaced(core, name, n);
  return saved.length > 0 ? receiveUpdates(core, name, saved) : ok(undefined);
}

/**
 * Answers come in the order of the numbers. So a replaced edit counts as saved only when its own number is answered: one
 * with a lower number was refused, or was never sent.
 */
function takeReplaced(core: ReplicaCore, name: DocumentName, n: number): readonly Uint8Array[] {
  const replaced = core.replaced.get(name);
  const saved = replaced?.get(n);
  for (const number of replaced?.keys() ?? []) if (number <= n) replaced?.delete(number);
  return saved === undefined ? [] : [saved];
}
