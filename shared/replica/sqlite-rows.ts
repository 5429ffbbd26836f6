import type { Json } from './replica-store.ts';
import { rowChecksum, TABLES, type Row, type SqlValue, type TableName } from './sqlite-tables.ts';

/** A row is not as it was written. */
export class DamagedRow extends Error {
  constructor(table: TableName) {
    super(`a row of ${table} is not as it was written`);
    this.name = 'DamagedRow';
  }
}

/** Checks a row, as an object by column name, against its checksum. Throws `DamagedRow`. */
export function readRow<T extends TableName>(table: T, found: unknown): Row<T> {
  const row = found as Row<T> & { crc?: unknown };
  const values = TABLES[table].map((name) => row[name as keyof Row<T>]);
  if (row.crc !== rowChecksum(table, values)) throw new DamagedRow(table);
  return row;
}

// A row that passes its checksum is as we wrote it; these only tell the compiler, and fail loudly if we did not.

export function readInteger(value: unknown): number {
  if (typeof value !== 'number') throw new TypeError(`expected a number, found ${typeof value}`);
  return value;
}

export function readText(value: SqlValue): string {
  if (typeof value !== 'string') throw new TypeError(`expected text, found ${typeof value}`);
  return value;
}

export function readOptionalText(value: SqlValue | undefined): string | undefined {
  return value === undefined || value === null ? undefined : readText(value);
}

export function readBytes(value: SqlValue): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new TypeError(`expected bytes, found ${typeof value}`);
  return value;
}

export function readJson(value: SqlValue): Json | undefined {
  return value === null ? undefined : (JSON.parse(readText(value)) as Json);
}

export function writeJson(value: Json | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
