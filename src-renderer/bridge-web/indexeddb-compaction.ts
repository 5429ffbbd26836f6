import { compactUpdates } from '#shared/replica/compact-updates.ts';
import type { CompactionOutcome, DocumentName } from '#shared/replica/replica-store.ts';
import { ofDocument, type LogRow, type ReplicaConnection } from './indexeddb-connection.ts';

/**
 * Takes the log into the snapshot. What is appended meanwhile comes after what was read and is not touched; the new
 * snapshot and the log without what is in it are written in one transaction.
 */
export async function compactInIndexeddb(
  database: ReplicaConnection,
  name: DocumentName,
): Promise<CompactionOutcome> {
  try {
    const reading = database.transaction(['snapshots', 'log']);
    const [snapshot, log] = await Promise.all([
      reading.objectStore('snapshots').get(name),
      reading.objectStore('log').getAll(ofDocument(name)),
      reading.done,
    ]);
    if (log.length === 0) return { kind: 'skipped', why: 'nothing-new' };
    const { bytes, waiting } = compactUpdates(
      snapshot ?? null,
      log.map((row) => row.bytes),
    );
    const taken = log.filter((row) => !waiting.includes(row.bytes));
    if (taken.length === 0) return { kind: 'skipped', why: 'nothing-new' };
    await writeSnapshot(database, name, bytes, taken);
    return {
      kind: 'compacted',
      snapshotBytes: bytes.byteLength,
      edits: taken.length,
      waiting: waiting.length,
    };
  } catch (error) {
    return { kind: 'failed', words: error instanceof Error ? error.message : String(error) };
  }
}

async function writeSnapshot(
  database: ReplicaConnection,
  name: DocumentName,
  bytes: Uint8Array,
  taken: readonly LogRow[],
): Promise<void> {
  const tx = database.transaction(['documents', 'snapshots', 'log'], 'readwrite', { durability: 'strict' });
  const log = tx.objectStore('log');
  await tx.objectStore('snapshots').put(bytes, name);
  for (const { position } of taken) await log.delete([name, position]);
  const row = await tx.objectStore('documents').get(name);
  if (row !== undefined) {
    await tx.objectStore('documents').put({
      ...row,
      snapshotBytes: bytes.byteLength,
      logEdits: row.logEdits - taken.length,
      logBytes: row.logBytes - taken.reduce((sum, each) => sum + each.bytes.byteLength, 0),
    });
  }
  await tx.done;
}
