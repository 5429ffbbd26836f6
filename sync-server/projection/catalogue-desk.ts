import { applyCatalogueCommand } from '#shared/document/apply-catalogue-command.ts';
import type { CatalogueRecordRoot } from '#shared/document/catalogue-tables.ts';
import type { CatalogueCommand } from '#shared/document/command.ts';
import { openCatalogue, type CatalogueProjection } from '#shared/document/project-catalogue.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { StreamId } from '#shared/model/ids.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { Account } from '../accounts/access.ts';
import { openStoredCopy, type StoredCopy } from '../documents/stored-copy.ts';
import { STREAM_LINKS } from '../documents/paused-platforms.ts';
import type { UpdateLog } from '../documents/update-log.ts';
import { goneOf, rowOf } from './catalogue-rows.ts';
import { DocumentWriter, type Hand, type WriterParts } from './document-writer.ts';
import type { GoneRecord, ProjectedRow, ProjectionStore } from './projection-store.ts';
import { findFirsts } from './who-was-first.ts';
import { addArchive, CATALOGUE, rebuildTables, writeWhole } from './rebuild-tables.ts';

/** Writes that share a turn. */
const AT_ONCE = 200;

export type DeskParts = WriterParts & {
  readonly log: UpdateLog;
  readonly tables: ProjectionStore;
  readonly newBatchId: () => string;
};

/** What somebody who writes sees and does, at once and alone: what it decides by is what it changes. */
export type Pen = {
  readonly catalogue: CatalogueProjection;
  readonly act: (command: CatalogueCommand) => Result<unknown, Refusal>;
  /** Known once it is written: streams that others had added by then, on another instance, which did not show yet. */
  readonly firsts: ReadonlySet<StreamId>;
};

type Open = {
  readonly copy: StoredCopy;
  readonly catalogue: CatalogueProjection;
  readonly changed: Map<CatalogueRecordRoot, Set<string>>;
};

type Waiting = { readonly resolve: () => void; readonly reject: (error: unknown) => void } & (
  | { readonly type: 'look' }
  | { readonly type: 'write'; readonly account: Account; readonly work: (pen: Pen) => void }
);

/**
 * The catalogue for programs that have no copy of their own. Writes go through the document, by the same commands and
 * under the same authority as a desk's; reads come from tables that follow it. What waits is done in turns:
 *
 *     read on in the log ─▶ apply what is to be written ─▶ the room stores and tells it ─▶ read on ─▶ write the tables
 *
 * so what is in the tables is stored, and a write is in the tables when it is answered.
 */
export class CatalogueDesk {
  private open: Open | undefined;
  private projected = -1;
  private waiting: Waiting[] = [];
  private isBusy = false;
  private readonly listeners = new Set<(number: number) => void>();
  private readonly writer: DocumentWriter;
  private readonly parts: DeskParts;

  constructor(parts: DeskParts) {
    this.parts = parts;
    this.writer = new DocumentWriter(CATALOGUE, parts);
  }

  /** Brings the tables to what is stored now, by whichever instance. @returns their number @throws {LogUnavailable} */
  async fresh(): Promise<number> {
    return this.reach(await this.parts.log.last(CATALOGUE.name));
  }

  /** The same for who knows what the catalogue's last number is. @throws {LogUnavailable} */
  async reach(last: number): Promise<number> {
    if (this.projected < last) await this.enter({ type: 'look' });
    return this.projected;
  }

  /**
   * Lets `work` write for somebody, and waits until that is stored and in the tables.
   * @throws {LogUnavailable}, {EditRefused}, and whatever `work` throws
   */
  async write<T>(account: Account, work: (pen: Pen) => T): Promise<T> {
    let outcome: { readonly value: T } | undefined;
    await this.enter({ type: 'write', account, work: (pen) => void (outcome = { value: work(pen) }) });
    if (outcome === undefined) throw new Error('a write was not performed');
    return outcome.value;
  }

  /** Writes all tables anew, and what is in the archive beside it. @returns their number @throws {LogUnavailable} */
  async rebuild(): Promise<number> {
    const { number } = await rebuildTables(this.parts);
    return number;
  }

  /** Tells of every number that the tables have reached. @returns how to stop */
  onProjected(listener: (number: number) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Lets go of the memory that it takes; the next to come reads it again. */
  close(): void {
    this.open?.catalogue.dispose();
    this.open?.copy.close();
    this.open = undefined;
  }

  private async enter(
    entry: { type: 'look' } | Pick<Waiting & { type: 'write' }, 'type' | 'account' | 'work'>,
  ) {
    await new Promise<void>((resolve, reject) => {
      this.waiting.push({ ...entry, resolve, reject });
      if (!this.isBusy) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.isBusy = true;
    while (this.waiting.length > 0) {
      const entries = this.waiting.splice(0, AT_ONCE);
      try {
        await this.turn(entries);
      } catch (error) {
        this.close();
        for (const entry of entries) entry.reject(error);
      }
    }
    this.isBusy = false;
  }

  private async turn(entries: readonly Waiting[]): Promise<void> {
    let open = (this.open ??= await this.read());
    await open.copy.follow();
    const writes = entries.filter((entry) => entry.type === 'write');
    if (writes.length > 0) {
      const { copy, catalogue } = open;
      const firsts = writes.map(() => new Set<StreamId>());
      const made = await this.writer.write(
        copy.doc,
        copy.known(),
        writes.map(({ account, work, reject }, i) => ({
          account,
          reject,
          work: (hand: Hand) => work(penOf({ copy, catalogue }, hand, firsts[i] ?? new Set())),
        })),
      );
      if (made === undefined) {
        // What is in the copy is not what is stored.
        this.close();
        open = this.open = await this.read();
        await open.copy.follow();
      } else
        findFirsts(await copy.followWatching(STREAM_LINKS), made).forEach((found, i) => {
          for (const id of found) firsts[i]?.add(id);
        });
    }
    await this.project(open);
    for (const entry of entries) entry.resolve();
  }

  private async project(open: Open): Promise<void> {
    const { copy, catalogue, changed } = open;
    const to = copy.known();
    catalogue.view();
    if (to === this.projected && changed.size === 0) return;
    const rows: ProjectedRow[] = [];
    const gone: GoneRecord[] = [];
    for (const [kind, keys] of changed)
      for (const key of keys) {
        const row = rowOf(catalogue, kind, key);
        if (row === undefined) gone.push(goneOf(copy.doc, catalogue, kind, key));
        else rows.push(row);
      }
    const { tables, clock } = this.parts;
    const from = this.projected;
    const step = { from, to, nowMs: clock.nowMs() };
    const reached = from < 0 ? -1 : await tables.write({ ...step, isWhole: false, rows, gone });
    if (reached < from || from < 0) await this.projectAll(to, open);
    changed.clear();
    this.projected = to;
    for (const listener of [...this.listeners]) listener(to);
  }

  /** The tables are at another number than what is known here begins at. */
  private async projectAll(to: number, { copy, catalogue }: Open): Promise<void> {
    const { tables, clock } = this.parts;
    const before = await tables.number();
    if (before >= to) return;
    await writeWhole(tables, { copy, catalogue, nowMs: clock.nowMs() });
    if (before < 0) await addArchive(tables, clock.nowMs());
    await tables.settle();
  }

  private async read(): Promise<Open> {
    const { log, clock, newBatchId } = this.parts;
    const copy = await openStoredCopy({
      served: CATALOGUE,
      log,
      clock,
      newBatchId,
      actor: this.writer.ownActor,
    });
    const catalogue = openCatalogue(copy.doc);
    const changed: Open['changed'] = new Map();
    catalogue.onChange((change) => {
      for (const [root, ids] of Object.entries(change.changed) as [CatalogueRecordRoot, Set<string>][]) {
        const known = changed.get(root) ?? new Set();
        for (const id of ids) known.add(id);
        changed.set(root, known);
      }
    });
    // What changed since the tables were last written, nobody here has seen.
    const isCurrent = (await this.parts.tables.number()) === copy.known();
    this.projected = isCurrent ? copy.known() : -1;
    return { copy, catalogue, changed };
  }
}

function penOf(
  { copy, catalogue }: Pick<Open, 'copy' | 'catalogue'>,
  { context }: Hand,
  firsts: ReadonlySet<StreamId>,
): Pen {
  return {
    catalogue,
    firsts,
    act: (command) => applyCatalogueCommand(copy.doc, catalogue, command, context()),
  };
}
