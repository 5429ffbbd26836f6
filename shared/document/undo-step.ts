import type { Change, DocumentName } from './op.ts';
import { samePlain } from './stored-value.ts';

/** What one press of undo takes back: the changes of one command, or of all commands of a group. */
export type UndoStep = {
  readonly document: DocumentName;
  readonly changes: readonly Change[];
  readonly group: string | undefined;
};

/** The changes of a whole drag: of each field and key only what was first there and what stands there now. */
export function joinChanges(changes: readonly Change[]): readonly Change[] {
  const joined = new Map<string, Change>();
  for (const change of changes) {
    const place = placeOf(change);
    // Made and removed within one step: nothing of it is left to take back.
    if (change.type === 'removed' && joined.delete(placeOf({ ...change, type: 'created' }))) continue;
    const first = joined.get(place);
    joined.set(place, first === undefined ? change : joinTwo(first, change));
  }
  return [...joined.values()];
}

function placeOf(change: Place): string {
  if (change.type === 'key') return `key ${change.root} ${change.key}`;
  const field = change.type === 'field' ? change.field : '';
  return `${change.type} ${change.root} ${change.id} ${field}`;
}

type Place =
  | { readonly type: 'key'; readonly root: string; readonly key: string }
  | { readonly type: 'field'; readonly root: string; readonly id: string; readonly field: string }
  | { readonly type: 'created' | 'removed'; readonly root: string; readonly id: string };

function joinTwo(first: Change, last: Change): Change {
  if (first.type === 'field' && last.type === 'field') return { ...last, before: first.before };
  if (first.type === 'key' && last.type === 'key') return { ...last, before: first.before };
  return last;
}

/**
 * A value that undo put back carries a new stamp, and a record that it brought back is born again. The older step that once
 * wrote that value or made that record must know it by the new one, or the next undo would take it for somebody else's.
 */
export function followRestored(
  steps: readonly UndoStep[],
  taken: UndoStep,
  restored: readonly Change[],
): readonly UndoStep[] {
  const places = new Map(taken.changes.map((change) => [placeOf(change), change]));
  return steps.map((step) => {
    if (step.document !== taken.document) return step;
    const takenBack = (now: Change) =>
      places.get(placeOf(now.type === 'created' ? { ...now, type: 'removed' } : now));
    return restored.reduce((current, now) => followOne(current, takenBack(now), now), step);
  });
}

function followOne(step: UndoStep, was: Change | undefined, now: Change): UndoStep {
  if (was === undefined) return step;
  const changes = step.changes.map((change) => {
    if (placeOf(change) !== placeOf(now)) return change;
    if (change.type === 'field' && was.type === 'field' && now.type === 'field')
      return change.after !== null && change.after.stamp === was.before?.stamp
        ? { ...change, after: now.after }
        : change;
    // Only what was mine alone: what somebody else had added under the same id stays theirs.
    if (change.type === 'created' && was.type === 'removed' && now.type === 'created')
      return was.before.births.every((birth) => change.record.births.includes(birth))
        ? { ...change, record: { ...change.record, births: now.record.births } }
        : change;
    if (change.type === 'key' && was.type === 'key' && now.type === 'key')
      return samePlain(change.after, was.before) ? { ...change, after: now.after } : change;
    return change;
  });
  return { ...step, changes };
}
