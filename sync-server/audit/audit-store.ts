import type { AuditEntry, AuditTally, AuditVia, NewAuditEntry } from './audit-entry.ts';

/** Where the audit is kept. Nothing in it is ever changed. @throws {LogUnavailable} from every call when the database does not answer */
export type AuditStore = {
  append(entries: readonly NewAuditEntry[], tallies: readonly AuditTally[]): Promise<void>;
  /** Up to which number each document was read into the audit; one that is missing was not read at all. */
  progress(): Promise<ReadonlyMap<string, number>>;
  /**
   * Adds what the updates of a document above `after` and up to `upTo` did, and notes that they were read. An entry that
   * says nothing of where it came from gets the address that its actor connected from last before it.
   * @returns whether it was this document's turn; otherwise nothing is added: somebody else has read further
   */
  take(read: ReadUpdates): Promise<boolean>;
  /** Turns tallies whose window began before a time into entries. @returns how many */
  closeTallies(beforeMs: number): Promise<number>;
  /** The newest first. */
  list(query: AuditQuery): Promise<readonly AuditEntry[]>;
  /** What is still being counted, the newest first. */
  tallies(limit: number): Promise<readonly AuditTally[]>;
  /** How many deeds of a kind there were in each stretch of time; stretches without any are left out. */
  counts(query: CountQuery): Promise<ReadonlyMap<number, number>>;
};

export type ReadUpdates = {
  readonly document: string;
  readonly after: number;
  readonly upTo: number;
  readonly entries: readonly NewAuditEntry[];
  readonly tallies: readonly AuditTally[];
};

export type AuditQuery = {
  /** Only entries with a lower number. */
  readonly before?: number | undefined;
  readonly limit: number;
  readonly actor?: string | undefined;
  readonly via?: AuditVia | undefined;
  /** The beginning of it, and so for the next two. */
  readonly action?: string | undefined;
  readonly target?: string | undefined;
  readonly from?: string | undefined;
  /** Somewhere in what was before or after, in any capitals. */
  readonly changed?: string | undefined;
  /** Somewhere in its actor, action, target or address, in any capitals. */
  readonly search?: string | undefined;
  readonly sinceMs?: number | undefined;
  readonly untilMs?: number | undefined;
};

export type CountQuery = {
  readonly action: string;
  /** The beginning of it. */
  readonly target: string;
  readonly sinceMs: number;
  readonly stretchMs: number;
};
