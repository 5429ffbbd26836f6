import type { Clock } from '#shared/kernel/clock.ts';
import { LogUnavailable, type AppendResult, type UpdateBatch } from '../documents/update-log.ts';
import { endOfJournal, FlushLine } from './flush-line.ts';
import type { JournalDisk } from './journal-disk.ts';
import { writeEntries, type JournalEntry } from './journal-entry.ts';
import { JournalUnusable, type JournalFiles } from './journal-files.ts';
import type { JournalTarget } from './journal-target.ts';
import type { NumberedDocuments } from './numbered-documents.ts';
import { WriteBehind, type WriteBehindParts } from './write-behind.ts';

/** So many answers are remembered for batches that are sent again. */
const REMEMBERED_ANSWERS = 10_000;

export type JournalParts = Omit<WriteBehindParts, 'turn' | 'onFlushed'> & {
  readonly clock: Clock;
  readonly disk: JournalDisk;
  /** What was stored may not be on disk, and nothing more is. Only a new process knows what is. */
  readonly onBroken: (error: unknown) => void;
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

/**
 * Stores batches in the journal as they come, of all documents.
 *
 *     append ──▶ numbered in memory ──▶ written ──▶ answered: may be told ──▶ on disk: may be called saved ┄┄ later ┄┄▶ the database
 */
export class JournalWriter {
  private waiting: Waiting[] = [];
  private isTurning = false;
  private wantedTurn: Turn | undefined;
  /** Whether all that the other file held is in the database. */
  private isOtherFree = true;
  private readonly answers = new Map<string, AppendResult>();
  private readonly writeBehind: WriteBehind;
  private readonly flushes: FlushLine;
  private readonly files: JournalFiles;
  private readonly numbered: NumberedDocuments;
  private readonly parts: JournalParts;

  constructor(files: JournalFiles, numbered: NumberedDocuments, target: JournalTarget, parts: JournalParts) {
    this.files = files;
    this.numbered = numbered;
    this.parts = parts;
    this.flushes = new FlushLine({
      ...parts,
      flush: async () => files.flush(),
      onFlushed: () => {
        this.writeBehind.noteStored();
        this.pump();
      },
      onBroken: (error) => {
        this.refuseAll(endOfJournal(error));
        parts.onBroken(error);
      },
    });
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

  /** Resolves when all that was answered so far is on disk. @throws {LogUnavailable} when nobody knows any more */
  async settled(): Promise<void> {
    await this.flushes.settled();
  }

  /** Resolves when all up to this number of a document is in the database. @throws {LogUnavailable} */
  async flushed(document: string, number: number): Promise<void> {
    await this.settled();
    try {
      await this.writeBehind.flushed(document, Math.min(number, this.numbered.last(document)));
    } catch (error) {
      throw new LogUnavailable('the database behind the journal does not answer', { cause: error });
    }
  }

  /** Whether the database does not take what is in the journal. */
  isRefused(): boolean {
    return this.writeBehind.isRefused();
  }

  async close(): Promise<void> {
    try {
      // What is not known to be on disk is read from there at the next start.
      await this.settled().catch(() => undefined);
      await this.writeBehind.close();
    } finally {
      await this.files.close();
    }
  }

  private pump(): void {
    if (this.flushes.isBroken()) this.refuseAll(endOfJournal(undefined));
    while (!this.isTurning) {
      const turn = this.wantedTurn;
      if (turn !== undefined) {
        this.wantedTurn = undefined;
        this.isTurning = true;
        void this.turnFiles()
          .then(turn.resolve, turn.reject)
          .finally(() => {
            this.isTurning = false;
            this.pump();
          });
      } else {
        if (this.isFull() || this.flushes.isBehind()) return;
        const next = this.waiting.shift();
        if (next === undefined) return;
        this.store(next);
      }
    }
  }

  private store({ document, batch, follows, resolve, reject }: Waiting): void {
    const numbered = this.answers.get(batch.id) ?? this.numbered.number(document, batch, follows);
    if (numbered === undefined || !('entry' in numbered)) {
      resolve(numbered);
      return;
    }
    const { entry, answer } = numbered;
    if (entry.updates.length === 0) {
      this.remember(batch.id, answer);
      resolve(answer);
      return;
    }
    try {
      this.files.append(writeEntries([entry]));
    } catch (error) {
      this.numbered.takeBack([entry]);
      reject(new LogUnavailable('the journal cannot be written', { cause: error }));
      return;
    }
    const bytes = entry.updates.reduce((sum, update) => sum + update.bytes.length, 0);
    const onDisk = this.flushes.written(bytes, () => this.numbered.stored(entry));
    this.remember(batch.id, { ...answer, onDisk });
    resolve({ ...answer, onDisk });
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
    await this.flushes.settled();
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
    return this.numbered.pendingBytes + this.flushes.bytes() > this.parts.maxBytes;
  }

  private refuseIfFull(error: unknown): void {
    if (this.isFull())
      this.refuseAll(new LogUnavailable('the database behind the journal does not answer', { cause: error }));
  }

  private refuseAll(away: LogUnavailable): void {
    for (const { reject } of this.waiting.splice(0)) reject(away);
  }
}
