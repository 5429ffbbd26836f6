import type { ActorId } from '#shared/model/ids.ts';
import type {
  Appended,
  AppendResult,
  StoredUpdate,
  UpdateBatch,
  UpdateSpan,
} from '../documents/update-log.ts';
import type { JournalEntry } from './journal-entry.ts';

/** What is on disk in the journal and not in the database yet. */
export type PendingUpdate = StoredUpdate & { readonly claims: readonly number[] };

type Numbers = {
  /** The highest number given; what has it is written, and on its way to the disk or there. */
  given: number;
  /** The highest number that is on disk. */
  last: number;
  /** The highest number that is in the database. */
  flushed: number;
  /** Everything between `flushed` and `last`. */
  pending: PendingUpdate[];
};

/** What is to be written for a batch that was given its numbers, and answered once it is. */
type Numbered = { readonly answer: AppendResult; readonly entry: JournalEntry };

/**
 * Gives the updates of all documents their numbers, which one process alone can do by itself, and keeps what the database
 * does not have yet.
 */
export class NumberedDocuments {
  pendingBytes = 0;
  private readonly documents = new Map<string, Numbers>();
  private readonly owners = new Map<string, Map<number, ActorId>>();
  /** What is pending of all documents, in the order in which it was stored. */
  private order: { readonly document: string; readonly bytes: number }[] = [];

  constructor(documents: readonly { readonly document: string; readonly last: number }[]) {
    for (const { document, last } of documents)
      this.documents.set(document, { given: last, last, flushed: last, pending: [] });
  }

  /** Whether it is known whose the Yjs client ids of a document are; of a new document, they are nobody's. */
  knowsOwners(document: string): boolean {
    return this.owners.has(document) || !this.documents.has(document);
  }

  learnOwners(document: string, owners: ReadonlyMap<number, ActorId>): void {
    if (!this.owners.has(document)) this.owners.set(document, new Map(owners));
  }

  ownerOf(document: string, client: number): ActorId | undefined {
    return this.owners.get(document)?.get(client);
  }

  last(document: string): number {
    return this.documents.get(document)?.last ?? 0;
  }

  flushed(document: string): number {
    return this.documents.get(document)?.flushed ?? 0;
  }

  all(): readonly { readonly document: string; readonly last: number }[] {
    return [...this.documents]
      .map(([document, { last }]) => ({ document, last }))
      .toSorted((a, b) => (a.document < b.document ? -1 : 1));
  }

  /** What is on disk and pending, above a number. */
  pendingAfter(document: string, after: number): readonly PendingUpdate[] {
    const numbers = this.documents.get(document);
    return numbers === undefined ? [] : numbers.pending.slice(Math.max(0, after - numbers.flushed));
  }

  /** Whether a span is on disk, and none of its pending updates holds a word. */
  lacksWord({ document, after, upTo }: UpdateSpan, word: string): boolean {
    if (upTo > this.last(document)) return false;
    return this.pendingAfter(document, after).every(
      ({ number, bytes }) =>
        number > upTo || !Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(word),
    );
  }

  /** @param follows the number that must be the last one before it, if it matters. @returns undefined when it is not */
  number(document: string, batch: UpdateBatch, follows: number | undefined): Numbered | undefined {
    const numbers = this.numbersOf(document);
    if (follows !== undefined && follows !== numbers.given) return undefined;
    const before = numbers.given;
    const appended: Appended[] = [];
    const updates = batch.updates.filter(({ claims, actor }) => {
      const owner = this.claim(document, claims, actor);
      if (owner === actor) numbers.given += 1;
      appended.push(owner === actor ? { number: numbers.given } : { ownedBy: owner });
      return owner === actor;
    });
    const entry = { document, before, atMs: batch.atMs, updates };
    return { answer: { before, appended }, entry };
  }

  /** It is on disk. */
  stored({ document, before, atMs, updates }: JournalEntry): void {
    const numbers = this.numbersOf(document);
    const owners = this.owners.get(document);
    updates.forEach(({ bytes, actor, carried, claims }, i) => {
      for (const client of claims) owners?.set(client, actor);
      numbers.pending.push({ number: before + 1 + i, bytes, actor, atMs, carried, claims });
      this.order.push({ document, bytes: bytes.length });
      this.pendingBytes += bytes.length;
    });
    numbers.last = before + updates.length;
    numbers.given = Math.max(numbers.given, numbers.last);
  }

  /** These, the latest that were given numbers, will not be stored. */
  takeBack(entries: readonly JournalEntry[]): void {
    for (const { document, before } of entries) {
      const numbers = this.numbersOf(document);
      numbers.given = Math.min(numbers.given, before);
    }
  }

  pendingCount(): number {
    return this.order.length;
  }

  /** The oldest of what is pending, of all documents, up to some count and bytes; at least one. */
  oldest(count: number, maxBytes: number): readonly (PendingUpdate & { readonly document: string })[] {
    const taken = new Map<string, number>();
    const rows: (PendingUpdate & { readonly document: string })[] = [];
    let bytes = 0;
    for (const one of this.order.slice(0, count)) {
      bytes += one.bytes;
      if (rows.length > 0 && bytes > maxBytes) break;
      const nth = taken.get(one.document) ?? 0;
      taken.set(one.document, nth + 1);
      const row = this.documents.get(one.document)?.pending[nth];
      if (row !== undefined) rows.push({ ...row, document: one.document });
    }
    return rows;
  }

  /** The oldest so many are in the database now. */
  flushedOldest(count: number): void {
    const counts = new Map<string, number>();
    for (const { document, bytes } of this.order.slice(0, count)) {
      counts.set(document, (counts.get(document) ?? 0) + 1);
      this.pendingBytes -= bytes;
    }
    this.order = this.order.slice(count);
    for (const [document, flushed] of counts) {
      const numbers = this.numbersOf(document);
      numbers.pending = numbers.pending.slice(flushed);
      numbers.flushed += flushed;
    }
  }

  /** @returns whose the client ids are: of the first that is not this actor's its owner, otherwise the actor */
  private claim(document: string, claims: readonly number[], actor: ActorId): ActorId {
    if (claims.length === 0) return actor;
    const owners = this.owners.get(document);
    if (owners === undefined) throw new Error('the owners of a document must be learned first');
    for (const client of claims) {
      const owner = owners.get(client);
      if (owner !== undefined && owner !== actor) return owner;
    }
    for (const client of claims) owners.set(client, actor);
    return actor;
  }

  private numbersOf(document: string): Numbers {
    const known = this.documents.get(document);
    if (known !== undefined) return known;
    const numbers = { given: 0, last: 0, flushed: 0, pending: [] };
    this.documents.set(document, numbers);
    this.owners.set(document, new Map());
    return numbers;
  }
}
