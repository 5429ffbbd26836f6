import { z } from 'zod';
import { ActorId } from '#shared/model/ids.ts';
import type { Snapshot, UpdateLog, UpdateSpan } from '../documents/update-log.ts';
import { GroupCommit } from './group-commit.ts';
import { Count, storeAfter, storeGroup } from './store-batches.ts';
import type { Sql } from './sql.ts';

const Bytes = z.instanceof(Uint8Array).transform((bytes) => new Uint8Array(bytes));

const UpdateRow = z.object({
  number: Count,
  bytes: Bytes,
  actor: ActorId,
  at_ms: Count,
  carried: z.boolean(),
});
const SnapshotRow = z.object({ up_to: Count, bytes: Bytes });
const OwnerRow = z.object({ client: Count, actor: ActorId });
const DocumentRow = z.object({ name: z.string(), last: Count });

/** Few enough to be quick, so that a database with a time limit answers. */
const FORGET_AT_ONCE = 5_000;

/** Of the updates of one transaction. */
const MAX_GROUP_BYTES = 8 * 1_048_576;

/**
 * The update log in the tables of `migrations/`, whichever Postgres serves them.
 * @param atOnce how many transactions the database works on side by side; a single one gathers the most edits
 */
export function createSqlUpdateLog(sql: Sql, atOnce = 1): UpdateLog {
  return { ...numberedUpdates(sql, atOnce), ...snapshots(sql), ...aboutTheStore(sql) };
}

function numberedUpdates(
  sql: Sql,
  atOnce: number,
): Pick<UpdateLog, 'append' | 'appendAfter' | 'read' | 'withoutWord' | 'last'> {
  const groups = new GroupCommit(async (group) => storeGroup(sql, group), {
    atOnce,
    maxBytes: MAX_GROUP_BYTES,
  });
  return {
    append: async (document, batch) => groups.append(document, batch),
    appendAfter: async (document, last, batch) => storeAfter(sql, { document, batch }, last),
    read: async (document, after, limit) => {
      const rows = await sql.query(
        'SELECT number, bytes, actor, at_ms, carried FROM updates WHERE document = $1 AND number > $2 ORDER BY number LIMIT $3',
        [document, after, limit],
      );
      return rows.map((row) => {
        const { number, bytes, actor, at_ms: atMs, carried } = UpdateRow.parse(row);
        return { number, bytes, actor, atMs, carried };
      });
    },
    withoutWord: async (spans, word) => withoutWord(sql, spans, word),
    last: async (document) => {
      const [row] = await sql.query('SELECT last FROM documents WHERE name = $1', [document]);
      return row === undefined ? 0 : Count.parse(row['last']);
    },
  };
}

async function withoutWord(
  sql: Sql,
  spans: readonly UpdateSpan[],
  word: string,
): Promise<ReadonlySet<string>> {
  const rows = await sql.query(
    `SELECT name FROM unnest($1::text[], $2::bigint[], $3::bigint[]) AS span (name, after, up_to)
     WHERE up_to - after = (
       SELECT count(*) FILTER (WHERE position($4::bytea IN bytes) = 0) FROM updates
       WHERE document = span.name AND number > span.after AND number <= span.up_to
     )`,
    [
      spans.map(({ document }) => document),
      spans.map(({ after }) => after),
      spans.map(({ upTo }) => upTo),
      Buffer.from(word),
    ],
    'without_word',
  );
  return new Set(rows.map(({ name }) => z.string().parse(name)));
}

type SnapshotCalls = 'readSnapshot' | 'writeSnapshot' | 'keepCheckpoint' | 'readCheckpoint' | 'forget';

function snapshots(sql: Sql): Pick<UpdateLog, SnapshotCalls | 'forgetAnswers'> {
  return {
    readSnapshot: async (document) => {
      const [row] = await sql.query('SELECT up_to, bytes FROM snapshots WHERE document = $1', [document]);
      return row === undefined ? undefined : readSnapshot(row);
    },
    writeSnapshot: async (document, { upTo, bytes }) => {
      await sql.query(
        `INSERT INTO snapshots (document, up_to, bytes) VALUES ($1, $2, $3)
         ON CONFLICT (document) DO UPDATE SET up_to = excluded.up_to, bytes = excluded.bytes
         WHERE snapshots.up_to < excluded.up_to`,
        [document, upTo, bytes],
      );
    },
    keepCheckpoint: async (document, updates) => {
      await sql.query(
        `INSERT INTO checkpoints (document, up_to, bytes) SELECT document, up_to, bytes FROM snapshots
         WHERE document = $1
           AND up_to >= $2 + coalesce((SELECT max(up_to) FROM checkpoints WHERE document = $1), 0)
         ON CONFLICT DO NOTHING`,
        [document, updates],
      );
    },
    readCheckpoint: async (document, number) => {
      const [row] = await sql.query(
        `SELECT up_to, bytes FROM (
           SELECT document, up_to, bytes FROM checkpoints UNION ALL SELECT document, up_to, bytes FROM snapshots
         ) AS all_kept WHERE document = $1 AND up_to <= $2 ORDER BY up_to DESC LIMIT 1`,
        [document, number],
      );
      return row === undefined ? undefined : readSnapshot(row);
    },
    forget: async (document, beforeMs) => {
      const [row] = await sql.query('SELECT forget_updates($1, $2, $3) AS count', [
        document,
        beforeMs,
        FORGET_AT_ONCE,
      ]);
      return Count.parse(row?.['count']);
    },
    forgetAnswers: async (beforeMs) => {
      const [row] = await sql.query(
        `WITH gone AS (
           DELETE FROM batches WHERE id IN (SELECT id FROM batches WHERE at_ms < $1 LIMIT $2) RETURNING 1
         ) SELECT count(*) AS count FROM gone`,
        [beforeMs, FORGET_AT_ONCE],
      );
      return Count.parse(row?.['count']);
    },
  };
}

function aboutTheStore(sql: Sql): Pick<UpdateLog, 'owners' | 'documents' | 'storeId'> {
  return {
    owners: async (document, clients) => {
      const rows = await sql.query(
        'SELECT client, actor FROM client_owners WHERE document = $1 AND client = ANY($2::bigint[])',
        [document, clients],
      );
      return new Map(rows.map((row) => OwnerRow.parse(row)).map(({ client, actor }) => [client, actor]));
    },
    documents: async () => {
      const rows = await sql.query('SELECT name, last FROM documents ORDER BY name');
      return rows.map((row) => DocumentRow.parse(row)).map(({ name, last }) => ({ document: name, last }));
    },
    storeId: async () => {
      const [row] = await sql.query('SELECT id FROM store');
      return z.string().parse(row?.['id']);
    },
  };
}

function readSnapshot(row: Record<string, unknown>): Snapshot {
  const { up_to: upTo, bytes } = SnapshotRow.parse(row);
  return { upTo, bytes };
}
