import { z } from 'zod';
import type { DocumentSizes, DocumentSnapshots } from '../documents/document-sizes.ts';
import type { Sql } from './sql.ts';
import { orUndefined, Time } from './sql-rows.ts';

const SizeRow = z
  .object({
    ...{ name: z.string(), last: Time, updates: Time, update_bytes: Time, checkpoints: Time },
    ...{ oldest_ms: orUndefined(Time), newest_ms: orUndefined(Time) },
    ...{ up_to: orUndefined(Time), snapshot_bytes: Time },
  })
  .transform(({ name, last, updates, checkpoints, ...row }) => ({
    ...{ document: name, last, updates, checkpoints },
    ...{ updateBytes: row.update_bytes, oldestMs: row.oldest_ms, newestMs: row.newest_ms },
    ...{ snapshotUpTo: row.up_to, snapshotBytes: row.snapshot_bytes },
  }));

/** Reads over the whole log: for somebody who looks at it, not for each request. */
export function createSqlDocumentSizes(sql: Sql): DocumentSizes {
  return async () => {
    const rows = await sql.query(
      `SELECT d.name, d.last, coalesce(u.updates, 0) AS updates, coalesce(u.bytes, 0) AS update_bytes,
         u.oldest_ms, u.newest_ms, s.up_to, coalesce(octet_length(s.bytes), 0) AS snapshot_bytes,
         (SELECT count(*) FROM checkpoints c WHERE c.document = d.name) AS checkpoints
       FROM documents d
       LEFT JOIN (SELECT document, count(*) AS updates, sum(octet_length(bytes)) AS bytes, min(at_ms) AS oldest_ms,
         max(at_ms) AS newest_ms FROM updates GROUP BY document) u ON u.document = d.name
       LEFT JOIN snapshots s ON s.document = d.name
       ORDER BY d.name`,
    );
    return rows.map((row) => SizeRow.parse(row));
  };
}

const SnapshotRow = z
  .object({ up_to: Time, bytes: Time, at_ms: orUndefined(Time), is_kept: z.boolean() })
  .transform(({ up_to, bytes, at_ms, is_kept }) => ({ upTo: up_to, bytes, atMs: at_ms, isKept: is_kept }));

export function createSqlDocumentSnapshots(sql: Sql): DocumentSnapshots {
  return async (document, limit) => {
    const rows = await sql.query(
      `SELECT k.up_to, max(k.bytes) AS bytes, bool_or(k.is_kept) AS is_kept, max(u.at_ms) AS at_ms FROM (
         SELECT document, up_to, octet_length(bytes) AS bytes, true AS is_kept FROM checkpoints UNION ALL
         SELECT document, up_to, octet_length(bytes), false FROM snapshots
       ) AS k LEFT JOIN updates u ON u.document = k.document AND u.number = k.up_to
       WHERE k.document = $1 GROUP BY k.up_to ORDER BY k.up_to DESC LIMIT $2`,
      [document, limit],
    );
    return rows.map((row) => SnapshotRow.parse(row));
  };
}
