import type { StoredUpdate, UpdateLog } from '../documents/update-log.ts';
import { JournalFiles } from './journal-files.ts';
import type { JournalTarget } from './journal-target.ts';
import { JournalWriter, type JournalParts } from './journal-writer.ts';
import { NumberedDocuments } from './numbered-documents.ts';

export type JournaledLog = {
  readonly log: UpdateLog;
  /**
   * Resolves when this number of a document, and all before it, are in the database. Whoever reads its tables past the log,
   * and must see what was stored, waits for this first. @throws {LogUnavailable}
   */
  readonly flushed: (document: string, number: number) => Promise<void>;
  /** Whether the database does not take what is stored, so that it is in the journal alone. */
  readonly isRefused: () => boolean;
  /** Brings all to the database. */
  readonly close: () => Promise<void>;
};

/**
 * An update log that stores in a journal, which takes a fraction of what the database behind it does, and brings it there
 * later. No other program may write to that database.
 * @param folder where the journal's files lie
 * @param behind the update log of the same tables that `target` writes
 * @throws {JournalUnusable}
 */
export async function openJournaledLog(
  folder: string,
  behind: UpdateLog,
  target: JournalTarget,
  parts: JournalParts,
): Promise<JournaledLog> {
  const { disk, preparedBytes } = parts;
  const { files, entries } = await JournalFiles.open(folder, await behind.storeId(), preparedBytes, disk);
  try {
    const numbered = new NumberedDocuments(await behind.documents());
    const writer = new JournalWriter(files, numbered, target, parts);
    await writer.recover(entries);
    return {
      log: {
        ...behind,
        ...appendsOf(target, numbered, writer),
        ...readsOf(behind, numbered, writer),
        ...snapshotsOf(behind, numbered, writer),
      },
      flushed: async (document, number) => writer.flushed(document, number),
      isRefused: () => writer.isRefused(),
      close: async () => writer.close(),
    };
  } catch (error) {
    await files.close();
    throw error;
  }
}

type AppendCalls = 'append' | 'appendAfter' | 'owners';

function appendsOf(
  target: JournalTarget,
  numbered: NumberedDocuments,
  writer: JournalWriter,
): Pick<UpdateLog, AppendCalls> {
  const learnOwners = async (document: string): Promise<void> => {
    if (!numbered.knowsOwners(document)) numbered.learnOwners(document, await target.owners(document));
  };
  return {
    append: async (document, batch) => {
      await learnOwners(document);
      const result = await writer.append(document, batch, undefined);
      if (result === undefined) throw new Error('an append that follows nothing was overtaken');
      return result;
    },
    appendAfter: async (document, last, batch) => {
      await learnOwners(document);
      const result = await writer.append(document, batch, last);
      if (result?.onDisk === undefined) return result;
      const { onDisk, ...stored } = result;
      await Promise.all([onDisk, writer.settled()]);
      return stored;
    },
    owners: async (document, clients) => {
      await learnOwners(document);
      return new Map(
        clients.flatMap((client) => {
          const owner = numbered.ownerOf(document, client);
          return owner === undefined ? [] : [[client, owner]];
        }),
      );
    },
  };
}

type ReadCalls = 'read' | 'withoutWord' | 'last' | 'documents';

/** What is read is on disk: who reads waits for what was written before. */
function readsOf(
  behind: UpdateLog,
  numbered: NumberedDocuments,
  writer: JournalWriter,
): Pick<UpdateLog, ReadCalls> {
  return {
    read: async (document, after, limit) => {
      await writer.settled();
      const pending = numbered.pendingAfter(document, after);
      const rows = after < numbered.flushed(document) ? await behind.read(document, after, limit) : [];
      // What was pending may have come to the database while it was read.
      const end = rows.at(-1)?.number ?? after;
      const rest = rows.length < limit ? pending.filter(({ number }) => number > end) : [];
      return [...rows, ...rest.slice(0, limit - rows.length).map(withoutClaims)];
    },
    withoutWord: async (spans, word) => {
      await writer.settled();
      const inMemory = spans.filter((span) => numbered.lacksWord(span, word));
      const older = inMemory
        .filter(({ document, after }) => after < numbered.flushed(document))
        .map((span) => ({ ...span, upTo: Math.min(span.upTo, numbered.flushed(span.document)) }));
      const asked = new Set(older.map(({ document }) => document));
      const found = older.length === 0 ? new Set<string>() : await behind.withoutWord(older, word);
      const names = inMemory.map(({ document }) => document);
      return new Set(names.filter((document) => !asked.has(document) || found.has(document)));
    },
    last: async (document) => {
      await writer.settled();
      return numbered.last(document);
    },
    documents: async () => {
      await writer.settled();
      return numbered.all();
    },
  };
}

type SnapshotCalls = 'writeSnapshot' | 'keepCheckpoint' | 'forget';

/** Of what the database is to sum up or forget, it must have the updates. */
function snapshotsOf(
  behind: UpdateLog,
  numbered: NumberedDocuments,
  writer: JournalWriter,
): Pick<UpdateLog, SnapshotCalls> {
  const flushAll = async (document: string): Promise<void> =>
    writer.flushed(document, numbered.last(document));
  return {
    writeSnapshot: async (document, snapshot) => {
      await writer.flushed(document, snapshot.upTo);
      await behind.writeSnapshot(document, snapshot);
    },
    keepCheckpoint: async (document, updates) => {
      await flushAll(document);
      await behind.keepCheckpoint(document, updates);
    },
    forget: async (document, beforeMs) => {
      await flushAll(document);
      return behind.forget(document, beforeMs);
    },
  };
}

const withoutClaims = ({ number, bytes, actor, atMs, carried }: StoredUpdate): StoredUpdate => ({
  ...{ number, bytes, actor, atMs, carried },
});
