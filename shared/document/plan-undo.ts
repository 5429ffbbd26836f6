import { assertNever } from '../kernel/assert-never.ts';
import { isStamp, type Stamp, type StampClock, stampReplica } from '../kernel/stamp.ts';
import type { FlatRoot, RecordRoot } from './limits.ts';
import type { Change, Op, WriteContext } from './op.ts';
import { type Plain, samePlain, type StoredField, type StoredRecord } from './stored-value.ts';

/** What undo needs to see of a document as it is now. */
export type CurrentState = {
  readonly record: (root: RecordRoot, id: string) => StoredRecord | undefined;
  readonly key: (root: FlatRoot, key: string) => Plain;
};

/**
 * The ops that take changes back, the last first, and the changes that cannot be taken back because somebody has changed
 * or removed the same thing since, or that only repeated what others had written. Pure but for the clock that gives new
 * stamps.
 */
export function planUndo(
  changes: readonly Change[],
  now: CurrentState,
  { stamps, replica }: Pick<WriteContext, 'stamps' | 'replica'>,
): { readonly ops: readonly Op[]; readonly blocked: readonly Change[] } {
  const ops: Op[] = [];
  const blocked: Change[] = [];
  for (const change of changes.toReversed()) {
    const op =
      !isRepeated(change, replica) && isStillMine(change, changes, now)
        ? inverse(change, stamps, returnsToBench(change, changes))
        : undefined;
    if (op === undefined) blocked.push(change);
    else ops.push(op);
  }
  return { ops, blocked };
}

/**
 * Whether a value was written under another's stamp, as a stream's past is that comes back from the archive. It is that
 * other's edit and may stand on desks that this one has not met: clearing it with a new stamp would take it from them all.
 */
function isRepeated(change: Change, replica: string): boolean {
  return change.type === 'field' && change.after !== null && stampReplica(change.after.stamp) !== replica;
}

/** Whether what I wrote is what stands there. A record that I removed and now bring back counts as it will be. */
function isStillMine(change: Change, step: readonly Change[], now: CurrentState): boolean {
  switch (change.type) {
    case 'created':
      return (
        now.record(change.root, change.id)?.births.some((birth) => change.record.births.includes(birth)) ??
        false
      );
    case 'removed':
      return now.record(change.root, change.id) === undefined;
    case 'field': {
      const record = now.record(change.root, change.id) ?? removedIn(step, change);
      return record !== undefined && isSameField(record.fields[change.field], change.after);
    }
    case 'key':
      return samePlain(now.key(change.root, change.key), change.after);
    default:
      return assertNever(change);
  }
}

function removedIn(
  step: readonly Change[],
  { root, id }: { root: RecordRoot; id: string },
): StoredRecord | undefined {
  const removal = step.find(
    (change) => change.type === 'removed' && change.root === root && change.id === id,
  );
  return removal?.type === 'removed' ? removal.before : undefined;
}

function isSameField(now: StoredField | undefined, after: StoredField | null): boolean {
  if (now === undefined || after === null || after.value === null)
    return now === undefined && (after === null || after.value === null);
  return now.stamp === after.stamp;
}

/** What happened meanwhile to a thing that can no longer be undone. */
export function wordsForBlocked(change: Change, now: CurrentState, replica: string): string {
  if (change.type === 'key') return 'That was changed again since; nothing left to undo there.';
  const thing = THINGS[change.root];
  const isThere = now.record(change.root, change.id) !== undefined;
  if (change.type === 'removed') return `That ${thing} is back already; nothing left to undo there.`;
  if (!isThere) return `That ${thing} was removed since; nothing left to undo there.`;
  if (isRepeated(change, replica))
    return `What came back of that ${thing} was written by others; nothing left to undo there.`;
  return `That ${thing} was changed again since; nothing left to undo there.`;
}

const THINGS: Readonly<Record<RecordRoot, string>> = {
  streams: 'stream',
  streamers: 'streamer',
  locations: 'location',
  ignore: 'ignore rule',
  events: 'event',
  walls: 'wall',
  tiles: 'tile',
  scenes: 'scene',
  rules: 'rule',
};

function inverse(change: Change, stamps: StampClock, keepsPlacing: boolean): Op {
  switch (change.type) {
    case 'created':
      // Only what I made: a copy that somebody added apart stays.
      return { type: 'remove-record', root: change.root, id: change.id, births: change.record.births };
    case 'removed':
      return {
        type: 'restore-record',
        root: change.root,
        id: change.id,
        record: change.before,
        reborn: true,
      };
    case 'field': {
      const { root, id, field, before } = change;
      if (before === null || before.value === null) return { type: 'clear-field', root, id, field };
      return {
        type: 'set-field',
        root,
        id,
        field,
        value: keepsPlacing ? before.value : newlyPlaced(before.value, stamps),
      };
    }
    case 'key': {
      const { root, key, before } = change;
      if (before === null) return { type: 'delete-key', root, key };
      return { type: 'set-key', root, key, value: restamp(before, stamps, stampIn(change.after)) };
    }
    default:
      return assertNever(change);
  }
}

/** A flat value that carries its stamp gets a new one, later than that of the value it replaces. */
function restamp(value: Plain, stamps: StampClock, after: Stamp | undefined): Plain {
  return stampIn(value) === undefined ? value : { ...(value as object), t: stamps.next(after) };
}

function stampIn(value: Plain): Stamp | undefined {
  const stamp = isObject(value) ? value['t'] : undefined;
  return isStamp(stamp) ? stamp : undefined;
}

/**
 * A tile that is put back is placed anew, as any tile that somebody places. Unless it comes back to the bench: its bench
 * key names the old placing, which must then be the one that returns.
 */
function newlyPlaced(value: Plain, stamps: StampClock): Plain {
  if (!isObject(value) || !isStamp(value['placedAt'])) return value;
  return { ...value, placedAt: stamps.next(value['placedAt']) };
}

function returnsToBench(change: Change, step: readonly Change[]): boolean {
  if (change.type !== 'field') return false;
  return step.some(
    (other) =>
      other.type === 'field' &&
      other.id === change.id &&
      other.field.startsWith('b:') &&
      other.before !== null,
  );
}

function isObject(value: Plain): value is { readonly [key: string]: Plain } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
