import { LogUnavailable, type AppendResult, type UpdateBatch } from '../documents/update-log.ts';
import { writeEntries, type JournalEntry } from './journal-entry.ts';
import { JournalUnusable, type JournalFiles } from './journal-files.ts';
import type { JournalTarget } from './journal-target.ts';
import type { NumberedDocuments } from './numbered-documents.ts';
import { WriteBehind, type WriteBehindParts } from './write-behind.ts';

/** Of the updates of one write to the journal, but for a single batch that is larger. */
const MAX_GROUP_BYTES = 8 * 1_048_576;
/** So many answers are remembered for batches that are sent again. */
const REMEMBERED_ANSWERS = 10_000;

export type JournalParts = Omit<WriteBehindParts, 'turn' | 'onFlushed'> & {
  /** How long each file of the journal is from the beginning; what is stored beyond that takes longer. */
  readonly preparedBytes: number;
  /** What may be in the journal alone at most; beyond it, who stores waits for the database. */
  readonly maxBytes: number;
};

type Waiting = {
  readonly document: string;
  readonly batch: UpdateBatch;
  readonly follows: number | undefined;
  readonly resolve: (result: AppendResult | undefined) => void;
  readonly reject: (error: unknown) => void;
};

type Turn = { readonly resolve: (pending: number) => void; readonly reject: (error: unknown) => void };
type Stored = { readonly waiting: Waiting; readonly answer: AppendResult };

/**
 * Stores batches in the journal, one write at a time. Whatever comes meanwhile, of all documents, shares the next one.
 *
 *     append ──▶ numbered in memory ──▶ written, on disk ──▶ answered ┄┄ later ┄┄▶ the database
 */
export class JournalWriter {
  private waiting: Waiting[] = [];
  private isWriting = false;
  private wantedTurn: Turn | undefined;
  /** Whether all that the other file held is in the database. */
  private isOtherFree = true;
  private readonly answers = new Map<string, AppendResult>();
  private readonly writeBehind: WriteBehind;
  private readonly files: JournalFiles;
  private readonly numbered: NumberedDocuments;
  private readonly parts: JournalParts;

  constructor(files: JournalFiles, numbered: NumberedDocuments, target: JournalTarget, parts: JournalParts) {
    this.files = files;
    this.numbered = numbered;
    this.parts = parts;
    this.writeBehind = new WriteBehind(numbered, target, {
      ...parts,
      turn: async () => this.turn(),
      onFlushed: () => this.noteFlushed(),
      onTrouble: (error) => {
        parts.onTrouble(error);
        this.refuseIfFull(error);
      },
    });
  }

  /** Brings to the database what it did not get before the process ended, and makes the journal ready. @throws {JournalUnusable} */
  async recover(entries: readonly JournalEntry[]): Promise<void> {
    for (const entry of entries) {
      const { document, before, updates } = entry;
      const last = this.numbered.last(document);
      if (before > last)
        throw new JournalUnusable(
          `The journal goes on from update ${String(before)} of ${document}, where the database ends at ${String(last)}: one of them is an older copy.`,
        );
      // The database may have got all of it, or a part.
      if (before + updates.length > last)
        this.numbered.stored({ ...entry, before: last, updates: updates.slice(last - before) });
    }
    await this.writeBehind.flush();
    await this.files.turn();
  }

  /** @param follows the number that must be the last one before the batch, if it matters. @returns undefined when it is not */
  async append(
    document: string,
    batch: UpdateBatch,
    follows: number | undefined,
  ): Promise<AppendResult | undefined> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ document, batch, follows, resolve, reject });
      this.pump();
    });
  }

  /** Resolves when all up to this number of a document is in the database. @throws {LogUnavailable} */
  async flushed(document: string, number: number): Promise<void> {
    try {
      await this.writeBehind.flushed(document, Math.min(number, this.numbered.last(document)));
    } catch (error) {
      throw new LogUnavailable('the database behind the journal does not answer', { cause: error });
    }
  }

  async close(): Promise<void> {
    try {
      await this.writeBehind.close();
    } finally {
      await this.files.close();
    }
  }

  private pump(): void {
    if (this.isWriting) return;
    if (this.wantedTurn === undefined && (this.waiting.length === 0 || this.isFull())) return;
    this.isWriting = true;
    void this.work().finally(() => {
      this.isWriting = false;
      this.pump();
    });
  }

  private async work(): Promise<void> {
    const turn = this.wantedTurn;
    this.wantedTurn = undefined;
    if (turn !== undefined) await this.turnFiles().then(turn.resolve, turn.reject);
    else await this.store(this.takeGroup());
  }

  private takeGroup(): readonly Waiting[] {
    let bytes = 0;
    let count = 0;
    for (const { batch } of this.waiting) {
      bytes += batch.updates.reduce((sum, update) => sum + update.bytes.length, 0);
      if (count > 0 && bytes > MAX_GROUP_BYTES) break;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }

  private async store(group: readonly Waiting[]): Promise<void> {
    const entries: JournalEntry[] = [];
    const stored: Stored[] = [];
    for (const waiting of group) {
      const known = this.answers.get(waiting.batch.id);
      const numbered = known ?? this.numbered.number(waiting.document, waiting.batch, waiting.follows);
      if (numbered === undefined) waiting.resolve(undefined);
      else if ('entry' in numbered) {
        if (numbered.entry.updates.length > 0) entries.push(numbered.entry);
        stored.push({ waiting, answer: numbered.answer });
      } else waiting.resolve(numbered);
    }
    try {
      if (entries.length > 0) await this.files.append(writeEntries(entries));
    } catch (error) {
      this.numbered.takeBack(entries);
      const away = new LogUnavailable('the journal cannot be written', { cause: error });
      for (const { waiting } of stored) waiting.reject(away);
      return;
    }
    for (const entry of entries) this.numbered.stored(entry);
    for (const { waiting, answer } of stored) {
      this.remember(waiting.batch.id, answer);
      waiting.resolve(answer);
    }
    this.writeBehind.noteStored();
  }

  private remember(id: string, answer: AppendResult): void {
    this.answers.set(id, answer);
    if (this.answers.size <= REMEMBERED_ANSWERS) return;
    for (const oldest of this.answers.keys()) {
      this.answers.delete(oldest);
      return;
    }
  }

  private async turn(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.wantedTurn = { resolve, reject };
      this.pump();
    });
  }

  private async turnFiles(): Promise<number> {
    if (this.isOtherFree && this.files.isUsed()) {
      await this.files.turn();
      this.isOtherFree = false;
    }
    return this.numbered.pendingCount();
  }

  private noteFlushed(): void {
    this.isOtherFree = true;
    this.pump();
  }

  private isFull(): boolean {
    return this.numbered.pendingBytes > this.parts.maxBytes;
  }

  private refuseIfFull(error: unknown): void {
    if (!this.isFull()) return;
    const away = new LogUnavailable('the database behind the journal does not answer', { cause: error });
    for (const { reject } of this.waiting.splice(0)) reject(away);
  }
}
