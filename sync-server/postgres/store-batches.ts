import { z } from 'zod';
import { ActorId } from '#shared/model/ids.ts';
import {
  LogUnavailable,
  type AppendResult,
  type NewUpdate,
  type UpdateBatch,
} from '../documents/update-log.ts';
import type { NamedBatch } from './group-commit.ts';
import type { Sql, SqlValue } from './sql.ts';

export const Count = z.coerce.number().int().nonnegative();

/** The number before a batch that was stored whole, or what became of each of its updates. */
const Answer = z.union([
  Count,
  z.object({
    before: Count,
    appended: z.array(z.union([z.object({ number: Count }), z.object({ ownedBy: ActorId })])),
  }),
]);
/** Stores batches of different documents, in the order of their names, in one transaction. */
export async function storeGroup(sql: Sql, group: readonly NamedBatch[]): Promise<readonly AppendResult[]> {
  const [first] = group;
  const isPlain = group.every(({ batch }) => batch.updates.every(({ claims }) => claims.length === 0));
  if (first !== undefined && group.length === 1 && isPlain) return [await storeOne(sql, first)];
  const [row] = isPlain
    ? await sql.query(
        'SELECT to_jsonb(append_plain_batches($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)) AS answer',
        plainGroupValues(group),
        'append_plain_batches',
      )
    : await sql.query(
        'SELECT to_jsonb(append_batches($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)) AS answer',
        groupValues(group),
      );
  const answers = z.array(Answer).parse(row?.['answer']);
  return group.map(({ batch }, i) => resultOf(answers[i], batch));
}

/** Stores a batch if `last` is the highest number there is. @returns undefined when it is not */
export async function storeAfter(
  sql: Sql,
  { document, batch }: NamedBatch,
  last: number,
): Promise<AppendResult | undefined> {
  const [row] = await sql.query(
    'SELECT append_updates_after($10, $1, $2, $3, $4, $5, $6, $7, $8, $9) AS answer',
    [...batchValues(document, batch), last],
  );
  const answer = Answer.nullable().parse(row?.['answer']);
  return answer === null ? undefined : resultOf(answer, batch);
}

/** What people do all day: edits in one document, by somebody who is known. */
async function storeOne(sql: Sql, { document, batch }: NamedBatch): Promise<AppendResult> {
  const { id, atMs, updates } = batch;
  const [only] = updates;
  if (only !== undefined && updates.length === 1) {
    const before = await storeSingle(sql, document, batch, only);
    if (before !== undefined) return resultOf(before, batch);
  }
  const [row] = await sql.query(
    'SELECT append_plain($1, $2, $3, $4, $5, $6, $7) AS answer',
    [
      ...[document, id, atMs, endToEnd(updates), updates.map(({ bytes }) => bytes.length)],
      ...[updates.map(({ actor }) => actor), updates.map(({ carried }) => carried)],
    ],
    'append_plain',
  );
  return resultOf(Answer.parse(row?.['answer']), batch);
}

/** Does what `append_plain` does, in one statement and so in less time, where nothing is special. */
const APPEND_SINGLE = `
  WITH numbered AS (UPDATE documents SET last = last + 1 WHERE name = $1 RETURNING last),
    noted AS (INSERT INTO batches (id, at_ms, answer) SELECT $2, $3, to_jsonb(last - 1) FROM numbered)
  INSERT INTO updates (document, number, bytes, actor, at_ms, carried)
    SELECT $1, last, $4, $5, $3, $6 FROM numbered RETURNING number`;

/** @returns the number before it; undefined, and nothing is stored, for a new document and for a batch that was stored before */
async function storeSingle(
  sql: Sql,
  document: string,
  { id, atMs }: UpdateBatch,
  { bytes, actor, carried }: NewUpdate,
): Promise<number | undefined> {
  try {
    const values = [document, id, atMs, bytes, actor, carried];
    const [row] = await sql.query(APPEND_SINGLE, values, 'append_single');
    return row && Count.parse(row['number']) - 1;
  } catch (error) {
    if (error instanceof LogUnavailable) throw error;
    return undefined;
  }
}

/** Batches as `append_plain_batches` takes them. */
function plainGroupValues(group: readonly NamedBatch[]): readonly SqlValue[] {
  const [documents, batches, atMs, counts, bytes, starts, ...updates] = groupValues(group).slice(0, -2);
  const of = group.flatMap(({ batch }, i) => batch.updates.map(() => i + 1));
  const nth = group.flatMap(({ batch }) => batch.updates.map((_, i) => i + 1));
  return [documents, batches, atMs, counts, bytes, of, nth, starts, ...updates].map((value) => value ?? null);
}

function endToEnd(updates: readonly NewUpdate[]): Uint8Array {
  const bytes = new Uint8Array(updates.reduce((sum, update) => sum + update.bytes.length, 0));
  let offset = 0;
  for (const update of updates) {
    bytes.set(update.bytes, offset);
    offset += update.bytes.length;
  }
  return bytes;
}

/** Batches as `append_batches` takes them. */
function groupValues(group: readonly NamedBatch[]): readonly SqlValue[] {
  const all = group.flatMap(({ batch }) => batch.updates);
  let next = 1;
  const starts = all.map(({ bytes }) => (next += bytes.length) - bytes.length);
  const claims = all.flatMap(({ claims: clients }, i) => clients.map((client) => ({ client, of: i + 1 })));
  return [
    group.map(({ document }) => document),
    group.map(({ batch }) => batch.id),
    group.map(({ batch }) => batch.atMs),
    group.map(({ batch }) => batch.updates.length),
    endToEnd(all),
    starts,
    all.map((update) => update.bytes.length),
    all.map(({ actor }) => actor),
    all.map(({ carried }) => carried),
    claims.map(({ client }) => client),
    claims.map(({ of }) => of),
  ];
}

/** A batch as `append_updates` takes it. */
function batchValues(document: string, { id, atMs, updates }: UpdateBatch): readonly SqlValue[] {
  const claims = updates.flatMap((update, i) => update.claims.map((client) => ({ client, of: i + 1 })));
  return [
    document,
    id,
    atMs,
    endToEnd(updates),
    updates.map((update) => update.bytes.length),
    updates.map((update) => update.actor),
    updates.map((update) => update.carried),
    claims.map(({ client }) => client),
    claims.map(({ of }) => of),
  ];
}

function resultOf(answer: z.infer<typeof Answer> | undefined, { updates }: UpdateBatch): AppendResult {
  if (answer === undefined) throw new Error('the database did not answer for a batch');
  if (typeof answer !== 'number') return answer;
  return { before: answer, appended: updates.map((_, i) => ({ number: answer + i + 1 })) };
}
