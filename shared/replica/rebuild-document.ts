import { applyCommand, type OpenDocuments } from '../document/apply-command.ts';
import type { Applied, WriteContext } from '../document/op.ts';
import { writeOps } from '../document/write-ops.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { WallId } from '../model/ids.ts';
import type { Refusal } from '../protocol/refusal.ts';
import { catalogueKind, wallKind } from './document-kind.ts';
import { readApplied, readIntent, repeatChanges } from './intent.ts';
import { atHand, contextOf, tellUnsaved, type ReplicaCore } from './replica-core.ts';
import { createReplicaDocument, type ReplicaDocument } from './replica-document.ts';
import type {
  DocumentName,
  NewEdit,
  Sequence,
  StoredDocument,
  StoreFailure,
  UnsavedEdit,
} from './replica-store.ts';
import { newEditOf, unsavedEditOf, type MadeEdit } from './store-edits.ts';

/** An edit that the server did not take, by its number. */
export type RefusedNumber = { readonly n: number; readonly reason: string };

/**
 * After a refusal: makes the document again from what is saved, applies the other unsaved edits to it again under a new
 * client id, and puts the refused ones aside. On disk in one step; until then everything is as it was. What was once
 * saved is never left out: it is all read from the store, and if it cannot be read whole, nothing is rebuilt.
 */
export async function rebuildDocument(
  core: ReplicaCore,
  document: ReplicaDocument,
  refused: readonly RefusedNumber[],
): Promise<Result<undefined, StoreFailure>> {
  const known = new Set(document.unsaved.map(({ n }) => n));
  const answered = refused.filter(({ n }) => known.has(n));
  for (const { n } of refused) core.replaced.get(document.name)?.delete(n);
  if (answered.length === 0) return ok(undefined);

  const stored = await core.store.load(document.name);
  if (!stored.ok) return stored;
  const replay = replayUnsaved(core, document, stored.value, answered);
  const { edits } = replay;
  const change = { refused: [...answered, ...replay.refused], edits, atMs: core.clock.nowMs() };
  const replaced = await core.store.replaceUnsaved(document.name, change);
  core.saving.end(0, replaced.ok ? undefined : replaced.error);
  if (!replaced.ok) return replaced;

  const gone = new Set(change.refused.map(({ n }) => n));
  rememberReplaced(
    core,
    document,
    stored.value.unsaved.filter(({ n }) => !gone.has(n)),
  );
  const unsaved = edits.map((edit, index) => unsavedEditOf(edit, numberOf(replaced.value[index])));
  document.reload({ ...stored.value, unsaved });
  core.undo.clear();
  document.tell();
  tellUnsaved(core, { document: document.name, added: unsaved, replaced: true });
  return ok(undefined);
}

function numberOf(sequence: Sequence | undefined): number {
  if (sequence?.kind !== 'unsaved') throw new Error('an edit that was made again got no number');
  return sequence.n;
}

/** The server may have saved some of them before it answered; then their bytes are needed (`mark-saved`). */
function rememberReplaced(core: ReplicaCore, { name }: ReplicaDocument, edits: readonly UnsavedEdit[]): void {
  const replaced = core.replaced.get(name) ?? new Map<number, Uint8Array>();
  for (const { n, bytes } of edits) replaced.set(n, bytes);
  core.replaced.set(name, replaced);
}

type Replay = { readonly edits: readonly NewEdit[]; readonly refused: readonly RefusedNumber[] };

/** Makes the edits that were not refused once more, on what is saved. What built on a refused one falls with it. */
function replayUnsaved(
  core: ReplicaCore,
  { name }: ReplicaDocument,
  stored: StoredDocument,
  answered: readonly RefusedNumber[],
): Replay {
  const scratch = openScratch(core, name, { ...stored, unsaved: [] });
  const { document } = scratch;
  const gone = new Set(answered.map(({ n }) => n));
  const edits: NewEdit[] = [];
  const refused: RefusedNumber[] = [];
  for (const edit of stored.unsaved) {
    if (gone.has(edit.n)) continue;
    const again = repeat(core, scratch, edit);
    const bytes = document.takeBytes();
    if (again.ok && bytes !== null) {
      edits.push({ ...newEditOf(core, { ...again.value, bytes }), unsaved: true });
    } else if (!again.ok && again.error.reason !== 'unchanged') {
      refused.push({ n: edit.n, reason: `It built on an edit that was refused. ${again.error.message}` });
    }
  }
  document.dispose();
  return { edits, refused };
}

/** A document in memory alone, and the documents that commands on it look at. */
type Scratch = { readonly document: ReplicaDocument; readonly open: OpenDocuments };

function openScratch(core: ReplicaCore, name: DocumentName, stored: StoredDocument): Scratch {
  if (name === 'catalogue') {
    const document = createReplicaDocument(name, catalogueKind, stored);
    return { document, open: { catalogue: atHand(document), wall: () => undefined } };
  }
  const document = createReplicaDocument(name, wallKind(WallId.parse(name.slice('wall:'.length))), stored);
  return { document, open: { catalogue: atHand(core.catalogue), wall: () => atHand(document) } };
}

function repeat(
  core: ReplicaCore,
  scratch: Scratch,
  edit: UnsavedEdit,
): Result<Omit<MadeEdit, 'bytes'>, Refusal> {
  const intent = readIntent(edit.command) ?? { type: 'undo' };
  const before = readApplied(edit.writes);
  const context = { ...contextOf(core), actor: before?.actor ?? core.actor };
  const applied =
    intent.type === 'command'
      ? applyCommand(scratch.open, intent.command, context)
      : repeatWrites(scratch.document, before, context);
  return applied.ok ? ok({ applied: applied.value, intent }) : applied;
}

function repeatWrites(
  document: ReplicaDocument,
  before: Applied | undefined,
  context: WriteContext,
): Result<Applied, Refusal> {
  const ops = repeatChanges(before?.changes ?? []);
  const applied = writeOps(document.target(), ops, context, { type: 'command', actor: context.actor });
  if (applied.changes.length > 0) return ok(applied);
  return fail({ reason: 'unchanged', message: 'Nothing of it is left to do.', retryable: false });
}
