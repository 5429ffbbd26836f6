import type { Clock } from '#shared/kernel/clock.ts';
import { StreamId } from '#shared/model/ids.ts';
import type { Role } from '#shared/model/role.ts';
import type { UserStore } from '../../accounts/user-store.ts';
import type { ServerArchive } from '../../archive/server-archive.ts';
import type { UpdateLog } from '../../documents/update-log.ts';
import type { BroughtBackBook } from '../../history/brought-back-book.ts';
import type { PresenceBoard } from '../../documents/presence-board.ts';
import type { Sql } from '../../postgres/sql.ts';
import type { CatalogueDesk } from '../../projection/catalogue-desk.ts';
import type { RecordKind, RecordReads } from '../../projection/record-reads.ts';
import type { StreamReads } from '../../projection/stream-reads.ts';
import type { WallDesk } from '../../projection/wall-desk.ts';
import type { StreamRests } from '../../retirement/stream-rests.ts';
import { refusals } from '../http-refusal.ts';
import type { PausedPlatforms } from './write-stream.ts';

/** What the endpoints of the catalogue work with. */
export type RestParts = {
  readonly desk: CatalogueDesk;
  readonly reads: StreamReads;
  readonly records: RecordReads;
  readonly rests: StreamRests;
  readonly sql: Sql;
  readonly log: UpdateLog;
  readonly walls: WallDesk;
  readonly board: PresenceBoard;
  readonly users: UserStore;
  /** What people are called and what keys are for, by actor. @throws {LogUnavailable} */
  readonly names: () => Promise<ReadonlyMap<string, string>>;
  readonly archive: ServerArchive;
  readonly broughtBack: BroughtBackBook;
  /** Of which platforms nothing new is taken now. */
  readonly pausedPlatforms: () => PausedPlatforms;
  readonly clock: Clock;
  /** Brings the tables up to date, and says what they and what shows beside them are at. @throws {LogUnavailable} */
  readonly version: () => Promise<string>;
  /** A list from tables that hold all that is stored. @throws {LogUnavailable} */
  readonly readList: StreamReads['list'];
};

/** Whether somebody may know how people are reached. */
export const showsEmails = (role: Role): boolean =>
  role === 'admin' || role === 'operator' || role === 'service';

/** An integer id, or our own key, of a path. @throws {HttpRefusal} 404 for what can be neither */
export function readPathId(text: string | undefined): number | string {
  if (text !== undefined && /^\d{1,10}$/.test(text)) {
    const id = Number(text);
    if (id >= 1 && id <= 2_147_483_647) return id;
    throw refusals.notFound();
  }
  const key = StreamId.safeParse(text);
  if (!key.success) throw refusals.notFound();
  return key.data;
}

/** A record by its integer id or our own key, as it is now. @throws {HttpRefusal} 404 */
export async function findRecord(
  { desk, records }: Pick<RestParts, 'desk' | 'records'>,
  kind: RecordKind,
  id: string | undefined,
): Promise<Record<string, unknown> & { readonly key: string }> {
  await desk.fresh();
  const row = await records.find(kind, readPathId(id));
  if (row === undefined) throw refusals.notFound();
  return { ...row, key: String(row['key']) };
}
