import { waitingUpdates } from './compact-updates.ts';
import { loadUpdates } from './load-document.ts';
import type { SpareSnapshot } from './spare-snapshot.ts';
import { readBytes, readInteger, readText } from './sqlite-rows.ts';
import { rowChecksum, TABLES, type Row, type SqlValue, type TableName } from './sqlite-tables.ts';

/** The rows of a damaged file that are as they were written, each once. Pure. */
export type Harvest = { readonly [T in TableName]: ReadonlyMap<string, Row<T>> };

/** What names a row; of two with one name, the later found or the one with the higher number counts. */
const KEYS: { readonly [T in TableName]: readonly string[] } = {
  documents: ['document'],
  log: ['document', 'position'],
  unsaved: ['document', 'n'],
  refused: ['document', 'n'],
  snapshots: ['document', 'snapshot'],
  snapshotParts: ['document', 'snapshot', 'part'],
  settings: ['key'],
  archive: ['stream'],
};
const NEWER: { readonly [T in TableName]?: string } = {
  documents: 'settled',
  settings: 'version',
  archive: 'atMs',
};

/** Collects records as they are found; what is not a row of ours, unharmed, is let fall. */
export function createHarvest(): {
  readonly take: (record: readonly SqlValue[]) => void;
  readonly rows: Harvest;
} {
  const rows = Object.fromEntries(Object.keys(TABLES).map((table) => [table, new Map()])) as unknown as {
    [T in TableName]: Map<string, Row<T>>;
  };
  const take = (record: readonly SqlValue[]): void => {
    // SQLite stores a row's integer key beside the record, and null in its place.
    if (record[0] !== null) return;
    const values = record.slice(1, -1);
    for (const table of Object.keys(TABLES) as TableName[]) {
      if (TABLES[table].length !== values.length || record.at(-1) !== rowChecksum(table, values)) continue;
      const row = Object.fromEntries(TABLES[table].map((name, index) => [name, values[index] ?? null]));
      keep(rows[table], table, row);
    }
  };
  return { take, rows };
}

function keep(
  known: Map<string, Record<string, SqlValue>>,
  table: TableName,
  row: Record<string, SqlValue>,
): void {
  const name = JSON.stringify(KEYS[table].map((column) => row[column]));
  const before = known.get(name);
  const newer = NEWER[table];
  if (before !== undefined && newer !== undefined && Number(before[newer]) > Number(row[newer])) return;
  known.set(name, row);
}

/** What is put into the new file, and what is missing from it. */
export type Salvage = Readonly<{
  documents: readonly SalvagedDocument[];
  settings: readonly Row<'settings'>[];
  refused: readonly Row<'refused'>[];
  archive: readonly Row<'archive'>[];
}>;

export type SalvagedDocument = Readonly<{
  document: string;
  settled: number;
  snapshot: SpareSnapshot | null;
  log: readonly Row<'log'>[];
  unsaved: readonly Row<'unsaved'>[];
  /** Edits that were there and cannot be read. Those cut off at the end leave no trace and are not counted. */
  lost: number;
  /** A snapshot was there, and neither it nor the one before can be read. */
  lostSnapshot: boolean;
  /** Edits that are there but need one that is lost. They are kept. */
  waiting: number;
}>;

/** `spares` stand in for snapshots that the file no longer gives. */
export function chooseSalvage(harvest: Harvest, spares: readonly SpareSnapshot[]): Salvage {
  const tables = [harvest.documents, harvest.log, harvest.unsaved, harvest.snapshots, harvest.snapshotParts];
  const names = tables.flatMap((table) => [...table.values()].map((row) => readText(row.document)));
  names.push(...spares.map(({ document }) => document));
  return {
    documents: [...new Set(names)].sort().map((name) => chooseDocument(harvest, spares, name)),
    settings: [...harvest.settings.values()],
    refused: [...harvest.refused.values()],
    archive: [...harvest.archive.values()],
  };
}

function chooseDocument(
  harvest: Harvest,
  spares: readonly SpareSnapshot[],
  document: string,
): SalvagedDocument {
  const ofDocument = <R extends { document: SqlValue }>(table: ReadonlyMap<string, R>): R[] =>
    [...table.values()].filter((row) => row.document === document);
  const by = <R>(rows: R[], number: (row: R) => SqlValue): R[] =>
    rows.sort((a, b) => readInteger(number(a)) - readInteger(number(b)));

  const heads = ofDocument(harvest.snapshots);
  const parts = by(ofDocument(harvest.snapshotParts), (row) => row.part);
  const whole = heads.flatMap((head) => joinSnapshot(head, parts));
  whole.push(...spares.filter((spare) => spare.document === document));
  const snapshot = whole.reduce<SpareSnapshot | null>(
    (a, b) => (a !== null && a.through >= b.through ? a : b),
    null,
  );
  const through = snapshot?.through ?? 0;
  const log = by(ofDocument(harvest.log), (row) => row.position).filter(
    (row) => readInteger(row.position) > through,
  );
  const allUnsaved = by(ofDocument(harvest.unsaved), (row) => row.n);
  const known = ofDocument(harvest.documents)[0]?.settled;
  const settled = readInteger(known ?? readInteger(allUnsaved[0]?.n ?? 1) - 1);
  const unsaved = allUnsaved.filter((row) => readInteger(row.n) > settled);
  const lostLog = gaps(numbersOf(log, 'position'), through);
  return {
    document,
    settled,
    snapshot,
    log,
    unsaved,
    lost: lostLog + gaps(numbersOf(unsaved, 'n'), settled),
    lostSnapshot: snapshot === null && lostLog > 0 && heads.length > 0,
    waiting: countWaiting(snapshot, [...log, ...unsaved]),
  };
}

/** The snapshot, if all of it is there. */
function joinSnapshot(head: Row<'snapshots'>, parts: readonly Row<'snapshotParts'>[]): SpareSnapshot[] {
  const own = parts.filter((part) => part.snapshot === head.snapshot);
  const bytes = Buffer.concat(own.map((part) => readBytes(part.bytes)));
  if (own.length !== head.parts || bytes.byteLength !== head.length) return [];
  const { document, through, atMs } = head;
  return [{ document: readText(document), through: readInteger(through), atMs: readInteger(atMs), bytes }];
}

const numbersOf = <K extends string>(rows: readonly { readonly [key in K]: SqlValue }[], key: K) =>
  rows.map((row) => readInteger(row[key]));

/** Numbers that are missing between `from` and the last. */
function gaps(numbers: readonly number[], from: number): number {
  return (numbers.at(-1) ?? from) - from - numbers.length;
}

function countWaiting(snapshot: SpareSnapshot | null, rows: readonly { readonly bytes: SqlValue }[]): number {
  const updates = rows.map((row) => readBytes(row.bytes));
  const { doc, unreadable } = loadUpdates(snapshot?.bytes ?? null, updates);
  const readable = updates.filter((update) => !unreadable.includes(update));
  const count = unreadable.length + waitingUpdates(doc, readable).length;
  doc.destroy();
  return count;
}
