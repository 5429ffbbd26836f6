import type { Stamp } from '../kernel/stamp.ts';
import { MAX_BIRTHS, type RecordRoot, TOMBSTONE_MS } from './limits.ts';
import { mergeCopies } from './merge-copies.ts';
import { readCopy, readGeneration, readTombstone, tombstoneKey } from './record-root.ts';
import { copiesOf, gatherCopies, ownGeneration, ownKey, rootMap, type Writer } from './write-record.ts';

/**
 * Makes all copies of a record one, in an own generation of the writer: with its births, so that removals still find it, and
 * with the stamps of its edits. For the one who tidies, and nobody else: see `retire`. Says whether there was anything to
 * carry.
 * @param leaving generations that are about to go
 */
export function carryRecord(
  writer: Writer,
  root: RecordRoot,
  id: string,
  leaving: ReadonlySet<string> = new Set(),
): boolean {
  const copies = copiesOf(writer, root, id);
  if (copies.every((copy) => copy.generation === ownKey(writer))) return false;
  const place = gatherCopies(writer, root, id, mergeCopies(copies.map(readCopy)), leaving);
  for (const { generation } of copies)
    if (generation !== place) readGeneration(rootMap(writer, root), generation)?.delete(id);
  return true;
}

/** Takes word of a removal over into the own generation, while it is young enough to matter. */
export function carryRemoval(writer: Writer, root: RecordRoot, id: string, generation: string): void {
  const stored = readGeneration(rootMap(writer, root), generation)?.get(tombstoneKey(id));
  const births = readTombstone(stored);
  if (births.length === 0 || !isRemovalYoung(stored, writer.context.nowMs)) return;
  const own = ownGeneration(writer, root);
  const kept: readonly Stamp[] = readTombstone(own.get(tombstoneKey(id)));
  const all = [...new Set([...kept, ...births])].sort();
  own.set(tombstoneKey(id), { ...(stored as object), births: all.slice(-MAX_BIRTHS) });
}

/** A removal from the future is as young as one of now. */
export function isRemovalYoung(stored: unknown, nowMs: number): boolean {
  const at = typeof stored === 'object' && stored !== null ? (stored as { at?: unknown }).at : undefined;
  return typeof at === 'number' && nowMs - at < TOMBSTONE_MS;
}
