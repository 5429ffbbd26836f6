import { crc32 } from 'node:zlib';

/**
 * The tables of the replica's file. Every row ends with a checksum over its table's name and its other columns, so that
 * a flipped bit is noticed, costs that row alone, and so that a row can be known for what it is when nothing is left of
 * the file but loose pages (`salvage-rows`).
 */
export const TABLES = {
  /** `settled`: every unsaved edit up to it was saved, refused or replaced; such numbers are never given again. */
  documents: ['document', 'settled'],
  log: ['document', 'position', 'bytes', 'command', 'atMs'],
  unsaved: ['document', 'n', 'bytes', 'command', 'writes', 'atMs'],
  refused: ['document', 'n', 'bytes', 'command', 'writes', 'atMs', 'reason', 'refusedAtMs'],
  /** A snapshot counts once its row is here; it holds the log up to and with position `through`. */
  snapshots: ['document', 'snapshot', 'through', 'parts', 'length', 'atMs'],
  snapshotParts: ['document', 'snapshot', 'part', 'bytes'],
  /** `value` null: removed. `version` counts up, so that of two copies of a row the newer is known. */
  settings: ['key', 'value', 'version'],
  archive: ['stream', 'record', 'atMs'],
} as const;

export type TableName = keyof typeof TABLES;
export type SqlValue = string | number | null | Uint8Array;
export type Row<T extends TableName> = { [K in (typeof TABLES)[T][number]]: SqlValue };

/** The file's own mark (`PRAGMA application_id`), "SWrp". */
export const APPLICATION_ID = 0x53577270;
/** Fixed, so that pages can be told apart even in a file that lost its header. Bytes. */
export const PAGE_BYTES = 4096;

const columns = (table: TableName, sql: string) =>
  `CREATE TABLE ${table} (id INTEGER PRIMARY KEY, ${sql}) STRICT;`;

/** The steps from one version of the file to the next; `PRAGMA user_version` counts those taken. */
export const MIGRATIONS: readonly string[] = [
  [
    columns('documents', 'document TEXT NOT NULL UNIQUE, settled INTEGER NOT NULL, crc INTEGER NOT NULL'),
    columns(
      'log',
      `document TEXT NOT NULL, position INTEGER NOT NULL, bytes BLOB NOT NULL, command TEXT, atMs INTEGER NOT NULL,
       crc INTEGER NOT NULL, UNIQUE (document, position)`,
    ),
    columns(
      'unsaved',
      `document TEXT NOT NULL, n INTEGER NOT NULL, bytes BLOB NOT NULL, command TEXT, writes TEXT,
       atMs INTEGER NOT NULL, crc INTEGER NOT NULL, UNIQUE (document, n)`,
    ),
    columns(
      'refused',
      `document TEXT NOT NULL, n INTEGER NOT NULL, bytes BLOB NOT NULL, command TEXT, writes TEXT,
       atMs INTEGER NOT NULL, reason TEXT NOT NULL, refusedAtMs INTEGER NOT NULL, crc INTEGER NOT NULL,
       UNIQUE (document, n)`,
    ),
    columns(
      'snapshots',
      `document TEXT NOT NULL, snapshot INTEGER NOT NULL, through INTEGER NOT NULL, parts INTEGER NOT NULL,
       length INTEGER NOT NULL, atMs INTEGER NOT NULL, crc INTEGER NOT NULL, UNIQUE (document, snapshot)`,
    ),
    columns(
      'snapshotParts',
      `document TEXT NOT NULL, snapshot INTEGER NOT NULL, part INTEGER NOT NULL, bytes BLOB NOT NULL,
       crc INTEGER NOT NULL, UNIQUE (document, snapshot, part)`,
    ),
    columns(
      'settings',
      'key TEXT NOT NULL UNIQUE, value TEXT, version INTEGER NOT NULL, crc INTEGER NOT NULL',
    ),
    columns(
      'archive',
      'stream TEXT NOT NULL UNIQUE, record TEXT NOT NULL, atMs INTEGER NOT NULL, crc INTEGER NOT NULL',
    ),
    'CREATE INDEX archiveByTime ON archive (atMs DESC, stream);',
    // The text is folded before it comes here (`archive-text`), so that words are what stands between spaces.
    `CREATE VIRTUAL TABLE archiveText USING fts5(words, content='', contentless_delete=1, tokenize='ascii');`,
  ].join('\n'),
];

/** The checksum of a row: of its table's name and its values, without id and checksum, in the table's order. */
export function rowChecksum(table: TableName, values: readonly SqlValue[]): number {
  let sum = crc32(table);
  for (const value of values) {
    if (value instanceof Uint8Array) sum = crc32(value, crc32(`b${value.byteLength}:`, sum));
    else if (typeof value === 'string') sum = crc32(value, crc32(`s${value.length}:`, sum));
    else sum = crc32(`v${String(value)}:`, sum);
  }
  return sum;
}

/** The statement that puts a row in; its parameters are what `rowValues` gives. */
export function insertSql(table: TableName): string {
  const names = [...TABLES[table], 'crc'];
  return `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
}

/** A row's values in the table's order, its checksum last. */
export function rowValues<T extends TableName>(table: T, row: Row<T>): SqlValue[] {
  const values = TABLES[table].map((name) => row[name as keyof Row<T>]);
  return [...values, rowChecksum(table, values)];
}
