import { fail, ok, type Result } from '../kernel/result.ts';
import type { Refusal } from '../protocol/refusal.ts';
import { refuseToWrite } from './document-version.ts';
import type { Applied, DocumentName, Origin, WriteContext } from './op.ts';
import { type CurrentState, planUndo, wordsForBlocked } from './plan-undo.ts';
import { readRecord } from './record-root.ts';
import { isPlain } from './stored-value.ts';
import { followRestored, joinChanges, type UndoStep } from './undo-step.ts';
import { writeOps, type WriteTarget } from './write-ops.ts';

/**
 * One person's own undo, over all documents. It takes back only what this person did and what nobody has changed since;
 * a step of which nothing is left is dropped with words that say so, and no older step is taken in its place.
 */
export type Undo = {
  /** Remembers a command. Commands of one `group` in a row (the moves of a drag) become one step. Forgets what was undone. */
  readonly record: (applied: Applied, group?: string) => void;
  readonly undo: (open: OpenTarget, context: WriteContext) => Result<Undone, Refusal>;
  readonly redo: (open: OpenTarget, context: WriteContext) => Result<Undone, Refusal>;
  readonly canUndo: () => boolean;
  readonly canRedo: () => boolean;
  /** Forgets everything, as after a rebuild of the documents. */
  readonly clear: () => void;
};

/** `applied` goes to history and to the server like any command's; `words` say what could not be taken back, if anything. */
export type Undone = { readonly applied: Applied; readonly words?: string };

/** The document of a step, or nothing when it is not at hand. */
export type OpenTarget = (document: DocumentName) => WriteTarget | undefined;

/** `maxSteps` older steps are forgotten. */
export function createUndo({ maxSteps = 200 }: { readonly maxSteps?: number } = {}): Undo {
  let done: readonly UndoStep[] = [];
  let undone: readonly UndoStep[] = [];

  const take = (
    step: UndoStep | undefined,
    open: OpenTarget,
    context: WriteContext,
  ): Result<Undone, Refusal> => {
    if (step === undefined) return nothing('There is nothing to undo.');
    const target = open(step.document);
    if (target === undefined) return nothing('That document is not open here; nothing left to undo there.');
    const tooOld = refuseToWrite(target.doc);
    return tooOld === undefined ? takeBack(step, target, context) : fail(tooOld);
  };

  return {
    record(applied, group) {
      if (applied.changes.length === 0) return;
      const { document, changes } = applied;
      const last = done.at(-1);
      const joins = group !== undefined && last?.group === group && last.document === document;
      done = joins
        ? [...done.slice(0, -1), { document, group, changes: joinChanges([...last.changes, ...changes]) }]
        : [...done, { document, group, changes }].slice(-maxSteps);
      undone = [];
    },
    undo(open, context) {
      const step = done.at(-1);
      const result = take(step, open, context);
      if (!result.ok && result.error.reason === 'too-old') return result;
      done = done.slice(0, -1);
      if (result.ok && step !== undefined) {
        done = followRestored(done, step, result.value.applied.changes);
        undone = [...undone, stepOf(result.value.applied)];
      }
      return result;
    },
    redo(open, context) {
      if (undone.length === 0) return nothing('There is nothing to redo.');
      const step = undone.at(-1);
      const result = take(step, open, context);
      if (!result.ok && result.error.reason === 'too-old') return result;
      undone = undone.slice(0, -1);
      if (result.ok && step !== undefined) {
        undone = followRestored(undone, step, result.value.applied.changes);
        done = [...done, stepOf(result.value.applied)];
      }
      return result;
    },
    canUndo: () => done.length > 0,
    canRedo: () => undone.length > 0,
    clear() {
      done = [];
      undone = [];
    },
  };
}

function takeBack(step: UndoStep, target: WriteTarget, context: WriteContext): Result<Undone, Refusal> {
  const now = currentState(target);
  const { ops, blocked } = planUndo(step.changes, now, context);
  const words = blocked.map((change) => wordsForBlocked(change, now, context.replica))[0];
  const origin: Origin = { type: 'undo', actor: context.actor };
  const applied = writeOps(target, ops, context, origin);
  if (applied.changes.length === 0) return nothing(words ?? 'It is so already; nothing left to undo there.');
  return ok(words === undefined ? { applied } : { applied, words: `The rest was undone. ${words}` });
}

function currentState({ doc, findGenerations }: WriteTarget): CurrentState {
  return {
    record(root, id) {
      const map = doc.getMap<unknown>(root);
      return readRecord(map, id, findGenerations?.(map, id));
    },
    key(root, key) {
      const value = doc.getMap<unknown>(root).get(key);
      return value !== undefined && isPlain(value) ? value : null;
    },
  };
}

function stepOf({ document, changes }: Applied): UndoStep {
  return { document, changes, group: undefined };
}

function nothing(message: string): Result<never, Refusal> {
  return fail({ reason: 'unchanged', message, retryable: false });
}
