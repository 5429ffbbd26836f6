import type { Applied } from '../document/op.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { Intent } from './intent.ts';
import { findDocument, tellUnsaved, type ReplicaCore } from './replica-core.ts';
import type { DocumentName, Json, NewEdit, StoreFailure, UnsavedEdit } from './replica-store.ts';
import { shouldCompact } from './when-to-compact.ts';

/** An edit that is made in memory, and what is kept beside its bytes. */
export type MadeEdit = Readonly<{ applied: Applied; intent: Intent; bytes: Uint8Array }>;

export function newEditOf(core: ReplicaCore, { applied, intent, bytes }: MadeEdit): NewEdit {
  return {
    document: applied.document,
    bytes,
    unsaved: core.team !== null,
    command: intent as unknown as Json,
    writes: applied,
    atMs: applied.atMs,
  };
}

/**
 * Puts edits on disk and, once they are there, among the unsaved ones. When the disk does not take them, what is in
 * memory is not what is on disk any more: the documents are marked stale, and show what they showed before.
 */
export async function storeEdits(
  core: ReplicaCore,
  edits: readonly NewEdit[],
): Promise<Result<undefined, StoreFailure>> {
  if (edits.length === 0) return ok(undefined);
  core.saving.begin(edits.length);
  const stored = await core.store.append(edits);
  core.saving.end(edits.length, stored.ok ? undefined : stored.error);
  if (!stored.ok) {
    for (const { document } of edits) core.stale.add(document);
    return stored;
  }
  const added = new Map<DocumentName, UnsavedEdit[]>();
  for (const [index, edit] of edits.entries()) {
    const sequence = stored.value[index];
    if (sequence?.kind !== 'unsaved') noteGrowth(core, edit.document, [edit.bytes]);
    else added.set(edit.document, [...(added.get(edit.document) ?? []), unsavedEditOf(edit, sequence.n)]);
  }
  for (const [document, unsaved] of added) {
    findDocument(core, document)?.unsaved.push(...unsaved);
    tellUnsaved(core, { document, added: unsaved, replaced: false });
  }
  return ok(undefined);
}

export function unsavedEditOf({ bytes, command, writes, atMs }: NewEdit, n: number): UnsavedEdit {
  return {
    n,
    bytes,
    ...(command === undefined ? {} : { command }),
    ...(writes === undefined ? {} : { writes }),
    atMs,
  };
}

/** Notes what came to a document's log, and has it compacted, beside all else, when that has grown enough. */
export function noteGrowth(core: ReplicaCore, name: DocumentName, updates: readonly Uint8Array[]): void {
  const document = findDocument(core, name);
  if (document === undefined) return;
  const { snapshotBytes, logBytes, logEdits } = document.size;
  document.size = {
    snapshotBytes,
    logBytes: updates.reduce((sum, update) => sum + update.byteLength, logBytes),
    logEdits: logEdits + updates.length,
  };
  if (core.compacting.has(name) || !shouldCompact(document.size, core.leftInLog.get(name))) return;
  core.compacting.add(name);
  void core.store.compact(name).then(async (outcome) => {
    const size = await core.store.measure(name);
    if (size.ok) {
      document.size = size.value;
      core.leftInLog.set(name, size.value);
    }
    // One that failed would fail again: not before the next start.
    if (outcome.kind !== 'failed') core.compacting.delete(name);
  });
}
