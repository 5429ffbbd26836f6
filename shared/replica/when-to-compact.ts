import type { DocumentSize } from './replica-store.ts';

/** Below this a log loads in no time, whatever the snapshot. Bytes. */
const SMALL_LOG_BYTES = 512 * 1024;
/** So many edits take as long to load as a snapshot of a few megabytes. */
const MANY_EDITS = 5_000;

/**
 * Whether a document's log is worth taking into its snapshot: when it is half as big as that, so that all compactions
 * together write no more than a few times what was edited. What the last one had to leave in the log does not count.
 */
export function shouldCompact(size: DocumentSize, left?: DocumentSize): boolean {
  const edits = size.logEdits - (left?.logEdits ?? 0);
  const bytes = size.logBytes - (left?.logBytes ?? 0);
  return edits >= MANY_EDITS || bytes >= Math.max(SMALL_LOG_BYTES, size.snapshotBytes / 2);
}
