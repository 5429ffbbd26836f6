import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import { ChatMessage } from './chat-message.ts';
import type { Inbox, Mark, NewMessage } from './inbox.ts';
import { openSqliteFile } from './sqlite-file.ts';
import { Outcome, Verdict } from './verdict.ts';

/** Messages that are done are remembered for a while, since the same one may be told again. */
const MAX_DONE = 20_000;
const PRUNE_EVERY = 500;

const TABLES = `
  CREATE TABLE IF NOT EXISTS messages (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    channel TEXT NOT NULL, id TEXT NOT NULL, version TEXT NOT NULL,
    state TEXT NOT NULL, body TEXT NOT NULL, links TEXT NOT NULL, verdicts TEXT, outcomes TEXT,
    UNIQUE (channel, id, version)
  ) STRICT;
  CREATE INDEX IF NOT EXISTS byState ON messages (state, row);
  CREATE TABLE IF NOT EXISTS marks (channel TEXT PRIMARY KEY, last TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

const Links = z.array(z.string());

const Waiting = z.object({ row: z.number(), message: z.string().transform(parseJson).pipe(ChatMessage) });
const Received = Waiting.extend({
  links: z.string().transform(parseJson).pipe(Links),
});
const Decided = Received.extend({ verdicts: z.string().transform(parseJson).pipe(z.array(Verdict)) });
const Applied = Decided.extend({ outcomes: z.string().transform(parseJson).pipe(z.array(Outcome)) });

export type InboxOptions = Readonly<{ file: string; clock: Clock; logger: Logger }>;

/**
 * Opens the inbox's file, or makes it. One that is damaged is put aside, and the worker begins a new one: from then on it
 * reads its channels as at its first start. Throws what SQLite throws when the disk does not let it; the worker then ends
 * and is started again, and nothing was acknowledged that is not on disk.
 */
export function openSqliteInbox({ logger, ...options }: InboxOptions): Inbox {
  const words =
    'The inbox is damaged. It was put aside, and what it held is read again where that is possible.';
  return serve(openSqliteFile({ ...options, logger, words, tables: TABLES }), logger);
}

function serve(database: Database.Database, logger: Logger): Inbox {
  const statements = prepare(database);
  return {
    ...readersOf(statements, logger),
    ...writersOf(database, statements),
    close: () => database.close(),
  };
}

type Statements = ReturnType<typeof prepare>;

function readersOf(
  statements: Statements,
  logger: Logger,
): Pick<
  Inbox,
  'mark' | 'received' | 'decided' | 'applied' | 'waitingAfter' | 'lastRow' | 'linksOf' | 'counts'
> {
  const lastRow = () => statements.lastRow.get() ?? 0;
  const firstOwnRow = lastRow() + 1;
  /** A row that cannot be read is a bug or a damage of ours; it is told and left alone, and stops no other. */
  const rows = <T>(schema: z.ZodType<T>, found: readonly unknown[]): T[] =>
    found.flatMap((row) => {
      const read = schema.safeParse(row);
      if (read.success) return [read.data];
      logger.error('A message in the inbox cannot be read.', { issue: read.error.issues[0]?.message });
      return [];
    });
  return {
    mark: (channel) => statements.mark.get(channel),
    received: (limit, afterRow) => rows(Received, statements.find.all('received', afterRow, limit)),
    decided: (limit, afterRow) => rows(Decided, statements.find.all('decided', afterRow, limit)),
    applied: (limit, afterRow) =>
      rows(Applied, statements.find.all('applied', afterRow, limit)).map((entry) => ({
        ...entry,
        isFromBefore: entry.row < firstOwnRow,
      })),
    waitingAfter: (row) => rows(Waiting, statements.waiting.all({ row }))[0],
    lastRow,
    linksOf(channel, id, version) {
      const versions = statements.versions.all(channel, id);
      if (versions.some(([taken]) => taken === version)) return 'taken';
      return versions.flatMap(([, links]) => Links.parse(JSON.parse(links)));
    },
    counts: () => ({ received: 0, decided: 0, applied: 0, ...Object.fromEntries(statements.counts.all()) }),
  };
}

function writersOf(
  database: Database.Database,
  statements: Statements,
): Pick<Inbox, 'take' | 'decide' | 'apply' | 'finish'> {
  let doneSincePruning = PRUNE_EVERY;
  /** Without waiting for the disk: the next durable write carries it along. */
  const lazily = (work: () => void) => {
    database.pragma('synchronous = NORMAL');
    try {
      database.transaction(work)();
    } finally {
      database.pragma('synchronous = FULL');
    }
  };
  const moveMark = ({ channel, last }: Mark) => statements.setMark.run(channel, last);
  const insert = ({ message, links, verdicts }: NewMessage): boolean =>
    statements.insert.run(
      ...[message.channel, message.id, message.version],
      ...[verdicts === undefined ? 'received' : 'decided', JSON.stringify(message), JSON.stringify(links)],
      verdicts === undefined ? null : JSON.stringify(verdicts),
    ).changes > 0;
  return {
    take: (messages, marks) =>
      database.transaction(() => {
        marks.forEach(moveMark);
        return messages.map(insert);
      })(),
    decide: (decisions) =>
      database.transaction(() => {
        for (const { row, verdicts } of decisions) statements.decide.run(JSON.stringify(verdicts), row);
      })(),
    apply: (applied) =>
      lazily(() => {
        for (const { row, outcomes } of applied) statements.apply.run(JSON.stringify(outcomes), row);
      }),
    finish(rows) {
      lazily(() => rows.forEach((row) => statements.finish.run(row)));
      doneSincePruning += rows.length;
      if (doneSincePruning < PRUNE_EVERY) return;
      doneSincePruning = 0;
      lazily(() => statements.prune.run(MAX_DONE));
    },
  };
}

function prepare(database: Database.Database) {
  return {
    insert: database.prepare<(string | null)[]>(
      `INSERT INTO messages (channel, id, version, state, body, links, verdicts) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
    ),
    setMark: database.prepare<[string, string]>(
      'INSERT INTO marks VALUES (?, ?) ON CONFLICT DO UPDATE SET last = excluded.last',
    ),
    mark: database.prepare<[string], string>('SELECT last FROM marks WHERE channel = ?').pluck(),
    find: database.prepare<[string, number, number]>(
      'SELECT row, body AS message, links, verdicts, outcomes FROM messages WHERE state = ? AND row > ? ORDER BY row LIMIT ?',
    ),
    waiting: database.prepare<{ row: number }>(
      `SELECT row, body AS message FROM messages WHERE row = (
         SELECT min(first) FROM (
           SELECT min(row) AS first FROM messages WHERE state = 'received' AND row > @row
           UNION ALL SELECT min(row) FROM messages WHERE state = 'decided' AND row > @row
           UNION ALL SELECT min(row) FROM messages WHERE state = 'applied' AND row > @row))`,
    ),
    versions: database
      .prepare<[string, string], [string, string]>(
        'SELECT version, links FROM messages WHERE channel = ? AND id = ?',
      )
      .raw(),
    lastRow: database.prepare<[], number>('SELECT coalesce(max(row), 0) FROM messages').pluck(),
    decide: database.prepare<[string, number]>(
      `UPDATE messages SET state = 'decided', verdicts = ? WHERE row = ? AND state = 'received'`,
    ),
    apply: database.prepare<[string, number]>(
      `UPDATE messages SET state = 'applied', outcomes = ? WHERE row = ? AND state = 'decided'`,
    ),
    /** The text is not needed any more, the links are. */
    finish: database.prepare<[number]>(`UPDATE messages SET state = 'done', body = '' WHERE row = ?`),
    prune: database.prepare<[number]>(
      `DELETE FROM messages WHERE state = 'done' AND row <= (
         SELECT row FROM messages WHERE state = 'done' ORDER BY row DESC LIMIT 1 OFFSET ?)`,
    ),
    counts: database
      .prepare<[], [string, number]>(
        `SELECT state, count(*) FROM messages WHERE state <> 'done' GROUP BY state`,
      )
      .raw(),
  };
}

function parseJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('not JSON');
    return z.NEVER;
  }
}
