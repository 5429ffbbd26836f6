import { join } from 'node:path';
import { z } from 'zod';
import { StreamId } from '#shared/model/ids.ts';
import { StreamFields } from '#shared/model/stream.ts';
import type { AcceptedCopy } from './collector-parts.ts';
import { openSqliteFile, type SqliteFileOptions } from './sqlite-file.ts';

const { link, platform, kind, code, status, addedAt, source, city, region, postedBy } = StreamFields.shape;

/** What is kept of a stream that a bot has added: enough to write it down, whatever becomes of it in the catalogue. */
export const AcceptedStream = z.object({
  ...{ id: StreamId, link, platform, kind, code, status, addedAt },
  ...{ source: source.exactOptional(), city: city.exactOptional() },
  ...{ region: region.exactOptional(), postedBy: postedBy.exactOptional() },
});
export type AcceptedStream = z.infer<typeof AcceptedStream>;

/**
 * Streams that bots have added and that the sheet has not got yet, in a file that all programs on this machine share.
 * Every method throws what SQLite throws.
 */
export type AcceptedQueue = AcceptedCopy & {
  /** The first of them, in the order in which they were added. */
  readonly first: (limit: number) => readonly AcceptedStream[];
  readonly remove: (ids: readonly StreamId[]) => void;
  readonly close: () => void;
};

/** Beyond this the disk is spared: bots keep what they read until the sheet's program has caught up. */
const MAX_QUEUED = 100_000;

const TABLES =
  'CREATE TABLE IF NOT EXISTS accepted (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, stream TEXT NOT NULL) STRICT';

/** @param folder where the workers of this machine keep what they have */
export function openAcceptedQueue(
  folder: string,
  surroundings: Pick<SqliteFileOptions, 'clock' | 'logger'>,
  max = MAX_QUEUED,
): AcceptedQueue {
  const file = join(folder, 'accepted.db');
  const words =
    'What waited for the sheet is damaged, and was put aside. The sheet still gets what is in the catalogue.';
  const database = openSqliteFile({ file, words, tables: TABLES, ...surroundings });
  const insert = database.prepare('INSERT INTO accepted (id, stream) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const count = database.prepare<[], number>('SELECT count(*) FROM accepted').pluck();
  const find = database.prepare<[number], string>('SELECT stream FROM accepted ORDER BY row LIMIT ?').pluck();
  const remove = database.prepare<[string]>('DELETE FROM accepted WHERE id = ?');
  return {
    append(streams) {
      return new Promise((resolve) => {
        if ((count.get() ?? 0) + streams.length > max)
          throw new Error(`${max} streams wait for the sheet, and no more are kept. Does its program run?`);
        database.transaction(() => {
          for (const stream of streams) insert.run(stream.id, JSON.stringify(AcceptedStream.parse(stream)));
        })();
        resolve();
      });
    },
    first: (limit) => find.all(limit).map((text) => AcceptedStream.parse(JSON.parse(text))),
    remove: (ids) => database.transaction(() => ids.forEach((id) => remove.run(id)))(),
    close: () => void database.close(),
  };
}
