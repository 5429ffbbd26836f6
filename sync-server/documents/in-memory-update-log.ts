import type { ActorId } from '#shared/model/ids.ts';
import type {
  Appended,
  AppendResult,
  NewUpdate,
  Snapshot,
  StoredUpdate,
  UpdateBatch,
  UpdateLog,
  UpdateSpan,
} from './update-log.ts';

type DocumentRows = {
  last: number;
  updates: StoredUpdate[];
  readonly owners: Map<number, ActorId>;
  snapshot: Snapshot | undefined;
  checkpoints: Snapshot[];
};

/** An update log that is gone when the process ends: for tests. */
export function createInMemoryUpdateLog(storeId: string): UpdateLog {
  const documents = new Map<string, DocumentRows>();
  const answers = new Map<string, AppendResult>();

  const rowsOf = (document: string): DocumentRows => {
    const rows = documents.get(document) ?? {
      last: 0,
      updates: [],
      owners: new Map(),
      snapshot: undefined,
      checkpoints: [],
    };
    documents.set(document, rows);
    return rows;
  };

  return {
    append: async (document, batch) => {
      const answer = answers.get(batch.id) ?? appendTo(rowsOf(document), batch);
      answers.set(batch.id, answer);
      return Promise.resolve(answer);
    },
    appendAfter: async (document, last, batch) => {
      const known = answers.get(batch.id);
      if (known === undefined && rowsOf(document).last !== last) return Promise.resolve(undefined);
      const answer = known ?? appendTo(rowsOf(document), batch);
      answers.set(batch.id, answer);
      return Promise.resolve(answer);
    },
    read: async (document, after, limit) =>
      Promise.resolve(
        (documents.get(document)?.updates ?? []).filter(({ number }) => number > after).slice(0, limit),
      ),
    last: async (document) => Promise.resolve(documents.get(document)?.last ?? 0),
    readSnapshot: async (document) => Promise.resolve(documents.get(document)?.snapshot),
    writeSnapshot: async (document, snapshot) => {
      const rows = rowsOf(document);
      if (rows.snapshot === undefined || rows.snapshot.upTo < snapshot.upTo) rows.snapshot = snapshot;
      return Promise.resolve();
    },
    keepCheckpoint: async (document, updates) => {
      const { snapshot, checkpoints } = rowsOf(document);
      const since = checkpoints.at(-1)?.upTo ?? 0;
      if (snapshot !== undefined && snapshot.upTo > since && snapshot.upTo >= since + updates)
        checkpoints.push(snapshot);
      return Promise.resolve();
    },
    readCheckpoint: async (document, number) => {
      const { snapshot, checkpoints } = rowsOf(document);
      const kept = snapshot === undefined ? checkpoints : [...checkpoints, snapshot];
      return Promise.resolve(kept.findLast(({ upTo }) => upTo <= number));
    },
    forget: async (document, beforeMs) => Promise.resolve(forgetIn(rowsOf(document), beforeMs)),
    forgetAnswers: async () => Promise.resolve(0),
    ...aboutTheStore(documents, storeId),
  };
}

function aboutTheStore(
  documents: ReadonlyMap<string, DocumentRows>,
  storeId: string,
): Pick<UpdateLog, 'owners' | 'documents' | 'storeId' | 'withoutWord'> {
  return {
    withoutWord: async (spans, word) => {
      const isWithout = ({ document, after, upTo }: UpdateSpan): boolean =>
        (documents.get(document)?.updates ?? []).filter(
          ({ number, bytes }) => number > after && number <= upTo && !Buffer.from(bytes).includes(word),
        ).length ===
        upTo - after;
      return Promise.resolve(new Set(spans.filter(isWithout).map(({ document }) => document)));
    },
    owners: async (document, clients) => {
      const owners = documents.get(document)?.owners ?? new Map<number, ActorId>();
      return Promise.resolve(new Map([...owners].filter(([client]) => clients.includes(client))));
    },
    documents: async () =>
      Promise.resolve([...documents].map(([document, { last }]) => ({ document, last }))),
    storeId: async () => Promise.resolve(storeId),
  };
}

function forgetIn(rows: DocumentRows, beforeMs: number): number {
  const isOld = (upTo: number): boolean =>
    rows.updates.some(({ number, atMs }) => number === upTo && atMs < beforeMs);
  const cut = rows.checkpoints.findLast(({ upTo }) => isOld(upTo))?.upTo ?? 0;
  const kept = rows.updates.filter(({ number }) => number > cut);
  const forgotten = rows.updates.length - kept.length;
  rows.updates = kept;
  rows.checkpoints = rows.checkpoints.filter(({ upTo }) => upTo >= cut);
  return forgotten;
}

function appendTo(rows: DocumentRows, batch: UpdateBatch): AppendResult {
  const before = rows.last;
  return { before, appended: batch.updates.map((update) => appendOne(rows, update, batch.atMs)) };
}

function appendOne(rows: DocumentRows, update: NewUpdate, atMs: number): Appended {
  for (const client of update.claims) {
    const owner = rows.owners.get(client) ?? update.actor;
    if (owner !== update.actor) return { ownedBy: owner };
    rows.owners.set(client, owner);
  }
  rows.last += 1;
  rows.updates.push({
    number: rows.last,
    bytes: update.bytes,
    actor: update.actor,
    atMs,
    carried: update.carried,
  });
  return { number: rows.last };
}
