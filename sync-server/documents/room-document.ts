import * as Y from 'yjs';
import type { ActorId } from '#shared/model/ids.ts';
import { authorizeUpdate, type Authorized, type WritePolicy } from './authorize-update.ts';
import type { ServedDocument } from './document-name.ts';
import { EncodedState } from './encoded-state.ts';
import type { ToldUpdate } from './fan-out.ts';
import type { UpdateLog } from './update-log.ts';

const PAGE = 2_000;
/** How much a document may have grown by updates before its size is measured again. */
const MEASURE_AFTER_BYTES = 1_048_576;

/** A document in memory, as far as the log is known: the sum of the updates up to `known`, and what is not stored yet. */
export class RoomDocument {
  readonly doc = new Y.Doc();
  readonly encoded = new EncodedState(this.doc);
  /** The highest number up to which everything stored is in here. */
  known = 0;
  /** The number that the newest snapshot in the log reaches. */
  snapshotAt = 0;
  /** Whose each Yjs client id is; one that nobody claimed is missing. */
  readonly owners = new Map<number, ActorId>();
  private readonly served: ServedDocument;
  /** Stored updates that build on what is not here. */
  private waiting: ToldUpdate[] = [];
  private measuredBytes = 0;
  private grownBytes = 0;

  constructor(served: ServedDocument) {
    this.served = served;
  }

  authorize(bytes: Uint8Array, policy: Omit<WritePolicy, 'roots'>) {
    return authorizeUpdate(this.doc, bytes, { ...policy, roots: this.served.roots });
  }

  /** Applies what `authorize` let pass. */
  apply(bytes: Uint8Array): void {
    Y.applyUpdate(this.doc, bytes);
    this.encoded.add(bytes);
    this.grownBytes += bytes.length;
  }

  /** Lets all that is applied meanwhile be tidied up once, which costs as much for one update as for many. */
  together(work: () => void): void {
    this.doc.transact(work);
  }

  /**
   * Applies updates of the log, and notes whose they are. What builds on something that is not here waits for it: were it
   * left out, all that is built on it would be, too.
   * @param watched a field of which is wanted what is new in it
   * @returns how many could be applied, of these and of those that waited; and which of them brought anything new
   */
  takeStored(
    updates: readonly ToldUpdate[],
    watched?: WritePolicy['watched'],
  ): {
    readonly applied: number;
    readonly news: readonly ToldUpdate[];
    /** What was written into the field that is watched. */
    readonly written: readonly unknown[];
  } {
    const news: ToldUpdate[] = [];
    const written: unknown[] = [];
    let applied = 0;
    let trying = updates;
    while (trying.length > 0) {
      const before = applied;
      for (const update of trying) {
        const taken = this.takeTold(update, watched);
        if (taken === undefined) this.waiting.push(update);
        else applied += 1;
        written.push(...(taken?.written ?? []));
        if (taken !== undefined && isNews(taken)) news.push(update);
      }
      trying = applied > before ? this.waiting.splice(0) : [];
    }
    return { applied, news, written };
  }

  /** Whether everything that was taken from the log is in the document. */
  isWhole(): boolean {
    return this.waiting.length === 0;
  }

  /**
   * Applies an update that another instance let pass, and notes whose it is.
   * @returns what is new in it; undefined when it builds on what is not here
   */
  takeTold({ bytes, actor, carried }: ToldUpdate, watched?: WritePolicy['watched']): Authorized | undefined {
    const everything = new Set(Object.keys(this.served.roots));
    const checked = this.authorize(bytes, {
      ...{ writable: everything, maxUpdateBytes: Number.MAX_SAFE_INTEGER, watched },
    });
    if (!checked.ok) return undefined;
    if (!carried) this.noteOwners(checked.value, actor);
    this.apply(bytes);
    return checked.value;
  }

  noteOwners({ newClocks }: Authorized, actor: ActorId): void {
    for (const client of newClocks.keys()) {
      if (!this.owners.has(client)) this.owners.set(client, actor);
    }
  }

  /** Bytes of the whole document, at most about a megabyte off. */
  sizeBytes(): number {
    if (this.grownBytes > MEASURE_AFTER_BYTES || this.measuredBytes === 0) {
      this.measuredBytes = Y.encodeStateAsUpdate(this.doc).length;
      this.grownBytes = 0;
    }
    return this.measuredBytes + this.grownBytes;
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.doc);
  }

  /** The whole as it is kept in the log. */
  encodeSnapshot(): Uint8Array {
    return Y.encodeStateAsUpdateV2(this.doc);
  }
}

/** Whether an update changes anything that was not so before it. */
export const isNews = ({ roots, newClocks }: Authorized): boolean => roots.size > 0 || newClocks.size > 0;

/** Reads a document from the log. @throws {LogUnavailable} */
export async function loadRoomDocument(served: ServedDocument, log: UpdateLog): Promise<RoomDocument> {
  const document = new RoomDocument(served);
  const snapshot = await log.readSnapshot(served.name);
  if (snapshot !== undefined) {
    Y.applyUpdateV2(document.doc, snapshot.bytes);
    document.known = snapshot.upTo;
    document.snapshotAt = snapshot.upTo;
  }
  for (;;) {
    const rows = await log.read(served.name, document.known, PAGE);
    document.doc.transact(() => {
      document.takeStored(rows);
    });
    document.known = rows.at(-1)?.number ?? document.known;
    if (rows.length < PAGE) break;
  }
  document.owners.clear();
  const owners = await log.owners(served.name, [...document.doc.store.clients.keys()]);
  for (const [client, owner] of owners) document.owners.set(client, owner);
  return document;
}
