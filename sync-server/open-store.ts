import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { AccountStores } from './accounts/account-stores.ts';
import type { ServerArchive } from './archive/server-archive.ts';
import type { AuditStore } from './audit/audit-store.ts';
import type { ServerConfig } from './config.ts';
import type { ControlCommand, ControlParts } from './commands/command.ts';
import { controlParts, runControlCommand } from './control-commands.ts';
import { takeDataFolder, type Holder } from './data-folder-lock.ts';
import type { Leases } from './documents/leases.ts';
import { systemTimers } from './documents/timers.ts';
import type { UpdateLog } from './documents/update-log.ts';
import type { FlagStore } from './flags/flag-store.ts';
import { isHolderAlive, listenForControl } from './gateway/control-listener.ts';
import type { Health } from './gateway/health-routes.ts';
import { systemDisk } from './journal/journal-disk.ts';
import { openJournaledLog, type JournaledLog } from './journal/journaled-update-log.ts';
import { openPgliteInThread } from './pglite/pglite-in-thread.ts';
import { migrate } from './postgres/migrate.ts';
import { openPostgres } from './postgres/postgres-pool.ts';
import { createRememberingKeyStore } from './accounts/remembering-key-store.ts';
import { createSqlAccountStores } from './postgres/sql-account-stores.ts';
import { createSqlAuditStore } from './postgres/sql-audit-store.ts';
import { createSqlFlagStore } from './postgres/sql-flag-store.ts';
import { createSqlJournalTarget } from './postgres/sql-journal-target.ts';
import { createSqlLeases } from './postgres/sql-leases.ts';
import { createSqlServerArchive } from './postgres/sql-server-archive.ts';
import { createSqlUpdateLog } from './postgres/sql-update-log.ts';
import type { Sql } from './postgres/sql.ts';
import { timedSql } from './postgres/timed-sql.ts';

/** The database that everything durable is in. */
export type Store = {
  readonly name: 'postgres' | 'embedded';
  readonly log: UpdateLog;
  /**
   * Resolves when this number of a document, and all before it, can be read in the database's tables: an embedded server
   * brings them there a moment after they are stored. @throws {LogUnavailable}
   */
  readonly flushed: (document: string, number: number) => Promise<void>;
  readonly accounts: AccountStores;
  readonly leases: Leases;
  readonly archive: ServerArchive;
  /** The tables themselves, for what is read from them; a store in memory has none. */
  readonly sql: Sql | undefined;
  readonly flags: FlagStore;
  readonly audit: AuditStore;
  /** Lets the command line on this machine know where the server that uses the store listens. */
  readonly announce: (url: string) => void;
  readonly examine: () => Promise<Health>;
  readonly close: () => Promise<void>;
};

/**
 * @property observe is told how long each statement took, in milliseconds
 * @property onEnd is told in a sentence that nothing more can be stored, and that this process can do nothing about it
 */
type StoreParts = {
  readonly onEnd?: ((why: string) => void) | undefined;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly observe?: (tookMs: number) => void;
};
type DatabaseParts = Pick<StoreParts, 'clock' | 'logger' | 'onEnd'>;
const ignore = (): void => undefined;

type StoreConfig = Pick<ServerConfig, 'databaseUrl' | 'dataFolder' | 'databaseTimeoutMs'>;

const CONNECTIONS = 10;
/** Writing all tables anew takes longer than anybody waits for an edit. */
const TABLES_TIMEOUT_MS = 30_000;
const TRANSACTIONS_AT_ONCE = 2;
const MEGABYTE = 1_048_576;
/** What an embedded server may have in its journal and not in its database yet. */
const JOURNAL = {
  ...{ quietMs: 300, afterMs: 30_000, retryMs: 1_000 },
  ...{ afterBytes: 6 * MEGABYTE, preparedBytes: 12 * MEGABYTE, maxBytes: 64 * MEGABYTE },
};

/** Opens it and brings its tables up to date. @returns or who holds the data folder already */
export async function openStore(config: StoreConfig, parts: StoreParts): Promise<Result<Store, Holder>> {
  return config.databaseUrl === undefined
    ? openEmbedded(config, parts)
    : ok(await openServed(config.databaseUrl, config.databaseTimeoutMs, parts));
}

async function openServed(url: string, timeoutMs: number, { logger, observe }: StoreParts): Promise<Store> {
  const onLost = (error: Error): void =>
    logger.warn('a connection to Postgres was lost', { error: error.message });
  const main = openPostgres({ url, timeoutMs, connections: CONNECTIONS, onLost });
  // Apart, so that a search or an export that takes its time keeps no edit waiting.
  const tables = openPostgres({
    ...{ url, timeoutMs: Math.max(timeoutMs, TABLES_TIMEOUT_MS), connections: CONNECTIONS, onLost },
  });
  const close = async (): Promise<void> => {
    await Promise.all([main.close(), tables.close()]);
  };
  try {
    await migrate(main.sql);
  } catch (error) {
    await close();
    throw error;
  }
  const timed = timedSql(main.sql, observe ?? ignore);
  // Several transactions share what it costs Postgres to bring them to disk.
  const log = createSqlUpdateLog(timed, TRANSACTIONS_AT_ONCE);
  return {
    ...storeOf('postgres', timed, log, undefined, close),
    sql: timedSql(tables.sql, observe ?? ignore),
  };
}

async function openEmbedded(
  config: StoreConfig,
  { clock, logger, observe, onEnd }: StoreParts,
): Promise<Result<Store, Holder>> {
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 });
  const secret = randomBytes(24).toString('hex');
  let parts: ControlParts | undefined;
  let listensAt: string | undefined;
  const run = () => {
    const opened = parts;
    return opened && (async (command: ControlCommand) => runControlCommand(command, opened));
  };
  const control = await listenForControl(secret, run, () => listensAt);
  const holder = { pid: process.pid, controlUrl: control.url, secret };
  const lock = await takeDataFolder(config.dataFolder, holder, isHolderAlive);
  if (!lock.ok) {
    await control.close();
    return fail(lock.error);
  }
  try {
    const database = await openDatabase(join(config.dataFolder, 'database'), { clock, logger, onEnd });
    await migrate(database.sql);
    const sql = timedSql(database.sql, observe ?? ignore);
    const journaled = await openJournaledLog(
      join(config.dataFolder, 'journal'),
      createSqlUpdateLog(sql),
      createSqlJournalTarget(sql),
      {
        ...{ timers: systemTimers, clock, disk: systemDisk, ...JOURNAL },
        onTrouble: (error) => logger.error('the journal waits for the embedded database', { error }),
        onBroken: (error) => {
          logger.error('the disk does not take the journal', { error });
          onEnd?.('The disk does not take what is stored.');
        },
      },
    );
    const sqlAccounts = createSqlAccountStores(sql);
    const accounts = { ...sqlAccounts, keys: createRememberingKeyStore(sqlAccounts.keys) };
    parts = controlParts(accounts, journaled.log, createSqlAuditStore(sql), clock, sql);
    const note = 'on disk before it is called saved';
    const close = async (): Promise<void> => {
      await control.close();
      try {
        await journaled.close();
      } finally {
        await database.close();
        await lock.value.release();
      }
    };
    const store = storeOf('embedded', sql, journaled.log, note, close);
    const announce = (url: string): void => void (listensAt = url);
    const examine = withJournal(store.examine, journaled);
    return ok({ ...store, accounts, examine, flushed: journaled.flushed, announce });
  } catch (error) {
    await control.close();
    await lock.value.release();
    throw error;
  }
}

const JOURNAL_ALONE: Health = {
  state: 'degraded',
  note: 'what is stored is in the journal alone: the database does not take it; its disk may be full',
};

const withJournal =
  (examine: Store['examine'], { isRefused }: Pick<JournaledLog, 'isRefused'>) =>
  async () => {
    const health = await examine();
    return health.state === 'ok' && isRefused() ? JOURNAL_ALONE : health;
  };

const openDatabase = async (folder: string, { clock, logger, onEnd = ignore }: DatabaseParts) =>
  openPgliteInThread(folder, {
    clock,
    restarting: (error) => logger.error('the embedded database has ended, and is started again', { error }),
    gaveUp: (error) => {
      logger.error('the embedded database ends again and again', { error });
      onEnd('The embedded database has ended and does not start again.');
    },
  });

function storeOf(
  name: Store['name'],
  sql: Sql,
  log: UpdateLog,
  note: string | undefined,
  close: () => Promise<void>,
): Store {
  return {
    name,
    log,
    flushed: async () => Promise.resolve(),
    announce: () => undefined,
    accounts: createSqlAccountStores(sql),
    leases: createSqlLeases(sql),
    archive: createSqlServerArchive(sql),
    sql,
    flags: createSqlFlagStore(sql),
    audit: createSqlAuditStore(sql),
    examine: async () => {
      try {
        await sql.query('SELECT 1');
        return note === undefined ? { state: 'ok' } : { state: 'ok', note };
      } catch {
        return { state: 'down', note: 'does not answer' };
      }
    },
    close,
  };
}
