import type { Applied } from '../document/op.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import type { Refusal } from '../protocol/refusal.ts';
import type { Intent } from './intent.ts';
import { findDocument, readyDocument, type ReplicaCore } from './replica-core.ts';
import type { DocumentName, StoreFailure } from './replica-store.ts';
import { newEditOf, storeEdits, type MadeEdit } from './store-edits.ts';

/** Something that a person or program wants written. */
export type Write = {
  /** The documents that it reads or writes; they are open when it is made. */
  readonly documents: readonly DocumentName[];
  /** Makes it in memory. */
  readonly make: (core: ReplicaCore) => Result<Made, Refusal>;
  /** It cannot be made a second time, so the disk is asked first whether it takes anything. */
  readonly asksFirst?: boolean;
  readonly answer: (result: Result<Done, Refusal>) => void;
};

export type Made = Readonly<{
  applied: Applied;
  intent: Intent;
  words?: string | undefined;
  /** Called once it is on disk, before anybody is told. */
  stored?: () => void;
}>;

export type Done = Readonly<{ words?: string }>;

type Outcome = Result<Made & { readonly bytes: Uint8Array | null }, Refusal>;

/** Makes writes in memory, stores them together, and only then shows and answers them. */
export async function performWrites(core: ReplicaCore, writes: readonly Write[]): Promise<void> {
  const ready = await makeReady(core, writes);
  if (!ready.ok) {
    for (const { answer } of writes) answer(fail(notStored(ready.error)));
    return;
  }
  const outcomes = makeAll(core, writes);
  const made = outcomes.flatMap((outcome) => (outcome.ok ? madeEdit(outcome.value) : []));
  const stored = await storeEdits(
    core,
    made.map((edit) => newEditOf(core, edit)),
  );
  const touched = new Set(made.map(({ applied }) => applied.document));
  if (!stored.ok) {
    // Also those that were refused: they were held against edits that are not there.
    for (const { answer } of writes) answer(fail(notStored(stored.error)));
    for (const name of touched) await readyDocument(core, name);
    return;
  }
  for (const outcome of outcomes) if (outcome.ok) outcome.value.stored?.();
  for (const name of touched) findDocument(core, name)?.tell();
  for (const [index, { answer }] of writes.entries()) answer(answerOf(outcomes[index]));
}

async function makeReady(
  core: ReplicaCore,
  writes: readonly Write[],
): Promise<Result<undefined, StoreFailure>> {
  if (core.saving.state().state === 'failing' || writes.some((write) => write.asksFirst === true)) {
    const asked = await core.store.setSetting('lastAsked', String(core.clock.nowMs()));
    if (!asked.ok) {
      core.saving.end(0, asked.error);
      return asked;
    }
  }
  const names = new Set<DocumentName>([...core.stale, ...writes.flatMap((write) => write.documents)]);
  for (const name of names) {
    const ready = await readyDocument(core, name);
    if (!ready.ok) return ready;
  }
  return ok(undefined);
}

function makeAll(core: ReplicaCore, writes: readonly Write[]): readonly Outcome[] {
  try {
    return writes.map((write) => make(core, write));
  } catch (error) {
    // A bug, perhaps halfway through: what is on disk is what counts.
    for (const { name } of [core.catalogue, ...core.walls.values()]) core.stale.add(name);
    throw error;
  }
}

function make(core: ReplicaCore, write: Write): Outcome {
  const made = write.make(core);
  if (!made.ok) return made;
  const document = findDocument(core, made.value.applied.document);
  return ok({ ...made.value, bytes: document?.takeBytes() ?? null });
}

function madeEdit({ applied, intent, bytes }: Made & { readonly bytes: Uint8Array | null }): MadeEdit[] {
  return bytes === null ? [] : [{ applied, intent, bytes }];
}

function answerOf(outcome: Outcome | undefined): Result<Done, Refusal> {
  if (outcome === undefined) throw new Error('a write without an outcome');
  if (!outcome.ok) return outcome;
  const { words } = outcome.value;
  return ok(words === undefined ? {} : { words });
}

export function notStored({ words }: StoreFailure): Refusal {
  return {
    reason: 'not-stored',
    message: `That was not saved, so it was not done. ${words}`,
    retryable: true,
  };
}
