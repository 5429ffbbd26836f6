import { mkdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type Database from 'better-sqlite3';
import type { Clock } from '../kernel/clock.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { checkFile } from './sqlite-check-file.ts';
import { createMaintenanceThread } from './maintenance-thread.ts';
import type { DocumentName, ReplicaStore } from './replica-store.ts';
import { createFile, finishRescue, rescueFile } from './rescue-file.ts';
import { tidy } from './sqlite-compaction.ts';
import { connect, migrate } from './sqlite-connection.ts';
import { lockFile, type LockHolder } from './sqlite-lock.ts';
import { createSqliteReplicaStore } from './sqlite-replica-store.ts';
import { createSqliteStreamArchive } from './sqlite-stream-archive.ts';
import type { StreamArchive } from './stream-archive.ts';

export type ReplicaDatabaseOptions = Readonly<{
  /** The file's path. Others are put beside it: `-wal`, `-shm`, `.lock`, and after damage `.damaged-TIME`. */
  file: string;
  /** `compact-worker` as it runs here: the source itself, or the bundled entry. */
  workerUrl: URL;
  clock: Clock;
  /** Named to a second program that wants the same file. */
  program: string;
}>;

export type ReplicaDatabase = {
  readonly store: ReplicaStore;
  readonly archive: StreamArchive;
  /** What became of damaged files, until it is dismissed. Oldest first. */
  readonly notices: () => readonly StoreNotice[];
  readonly dismissNotice: (id: string) => void;
  /** Closes store and archive, and lets another program have the file. */
  readonly close: () => Promise<void>;
};

/** Something the person should know, in words. */
export type StoreNotice = Readonly<{ id: string; words: string }>;

/** Why the file is not opened. It was not changed. */
export type OpenFailure = Readonly<{ reason: 'in-use' | 'newer' | 'no-access'; words: string }>;

/**
 * Opens the file that holds a replica, or makes it. A file that is damaged is replaced by what can be read of it and
 * kept beside, and a notice says so; one that is in use, newer than this program or not accessible is left alone.
 */
export async function openReplicaDatabase(
  options: ReplicaDatabaseOptions,
): Promise<Result<ReplicaDatabase, OpenFailure>> {
  const { file, clock } = options;
  const undo: (() => void)[] = [];
  const leave = () => undo.reverse().forEach((step) => step());
  try {
    mkdirSync(dirname(file), { recursive: true });
    const lock = lockFile(file, { program: options.program, pid: process.pid, sinceMs: clock.nowMs() });
    if (!lock.ok) return fail(inUse(file, lock.error));
    undo.push(lock.value.release);
    if (!makeSound(file, clock)) {
      leave();
      return fail(newer(file));
    }
    const database = connect(file);
    undo.push(() => database.close());
    migrate(database);
    await sweep(database);
    return ok(assemble(options, database, leave));
  } catch (error) {
    leave();
    // What the file system and SQLite say carries a code; anything else is a bug of ours.
    if (!(error instanceof Error && 'code' in error)) throw error;
    return fail(noAccess(file, error));
  }
}

/** Afterwards the file is there and sound; false if it is newer than this program. */
function makeSound(file: string, clock: Clock): boolean {
  finishRescue(file);
  const check = checkFile(file);
  if (check.kind === 'absent') createFile(file);
  if (check.kind === 'damaged') rescueFile(file, check.words, clock.nowMs());
  return check.kind !== 'newer';
}

/** Takes away what a crash in the middle of a compaction left. */
async function sweep(database: Database.Database): Promise<void> {
  const names = database
    .prepare('SELECT document FROM documents UNION SELECT document FROM snapshotParts')
    .pluck();
  for (const document of names.all() as DocumentName[]) {
    await tidy({ database, document, breathe: () => Promise.resolve() });
  }
}

function assemble(
  { file, workerUrl, clock }: ReplicaDatabaseOptions,
  database: Database.Database,
  leave: () => void,
): ReplicaDatabase {
  const store = createSqliteReplicaStore(database, createMaintenanceThread(file, workerUrl, clock));
  const notices = database.prepare<unknown[], StoreNotice>(
    `SELECT substr(key, 8) AS id, value AS words FROM settings
     WHERE key LIKE 'notice:%' AND value IS NOT NULL ORDER BY key`,
  );
  return {
    store,
    archive: createSqliteStreamArchive(database),
    notices: () => notices.all(),
    dismissNotice: (id) => void store.setSetting(`notice:${id}`, undefined),
    close: async () => {
      await store.close();
      leave();
    },
  };
}

function inUse(file: string, holder: LockHolder | null): OpenFailure {
  const who = holder === null ? 'another program' : `${holder.program} (process ${holder.pid})`;
  return { reason: 'in-use', words: `${basename(file)} is already open in ${who}. Close that first.` };
}

function newer(file: string): OpenFailure {
  return {
    reason: 'newer',
    words: `${basename(file)} was written by a newer version of this program. Start that version; nothing was changed.`,
  };
}

function noAccess(file: string, error: Error): OpenFailure {
  return { reason: 'no-access', words: `${file} cannot be opened: ${error.message}. Nothing was changed.` };
}
