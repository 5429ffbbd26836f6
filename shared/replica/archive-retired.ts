import { ArchivedStream, joinArchived } from '../document/archived-stream.ts';
import type { RetiredRecord } from '../document/retire.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { StoreFailure } from './replica-store.ts';
import type { ArchivedRecord, StreamArchive } from './stream-archive.ts';

/** The archive's key of a record. */
export function archiveId(root: RetiredRecord['root'], id: string): string {
  return `${root}/${id}`;
}

/** What is to be put into the archive. What it knows of a record from before stays: it may have come back without its past. */
export async function withTheirPasts(
  archive: Pick<StreamArchive, 'get'>,
  retired: readonly RetiredRecord[],
): Promise<Result<readonly ArchivedRecord[], StoreFailure>> {
  const records: ArchivedRecord[] = [];
  for (const { root, id, atMs, record } of retired) {
    const key = archiveId(root, id);
    const known = await archive.get(key);
    if (!known.ok) return known;
    const past = ArchivedStream.safeParse(known.value?.record);
    records.push({ id: key, atMs, record: past.success ? joinArchived(past.data, record) : record });
  }
  return ok(records);
}
