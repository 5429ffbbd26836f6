import type * as Y from 'yjs';
import type { Clock } from '#shared/kernel/clock.ts';
import type { ActorId } from '#shared/model/ids.ts';
import type { WritePolicy } from './authorize-update.ts';
import type { ServedDocument } from './document-name.ts';
import type { ToldUpdate } from './fan-out.ts';
import { loadRoomDocument, type RoomDocument } from './room-document.ts';
import type { NewUpdate, StoredUpdate, UpdateLog } from './update-log.ts';

const PAGE = 1_000;

export type CopyParts = {
  readonly served: ServedDocument;
  readonly log: UpdateLog;
  readonly clock: Clock;
  readonly newBatchId: () => string;
  /** Whose all that is written into this copy will be. */
  readonly actor: ActorId;
};

export type Written =
  | { readonly type: 'nothing' }
  | { readonly type: 'stored'; readonly from: number; readonly updates: readonly ToldUpdate[] }
  /** Something else was stored first. The copy holds what was not stored, and must be opened again. */
  | { readonly type: 'overtaken' };

/** An update that was stored, and what was new with it in the field that is watched. */
export type Followed = { readonly bytes: Uint8Array; readonly written: readonly unknown[] };

/**
 * A copy of a document for the server's own work. It follows the log, and what is written into it is stored only if it is
 * the next: so that whoever decides by the whole document decides by all of it.
 */
export class StoredCopy {
  private isSpoilt = false;
  private readonly document: RoomDocument;
  private readonly parts: CopyParts;

  constructor(document: RoomDocument, parts: CopyParts) {
    this.document = document;
    this.parts = parts;
  }

  get doc(): Y.Doc {
    return this.document.doc;
  }

  known(): number {
    return this.document.known;
  }

  /** Takes in what was stored meanwhile. @throws {LogUnavailable} */
  async follow(): Promise<void> {
    await this.followWith((rows) => void this.document.takeStored(rows));
  }

  /** The same, for who wants to know what of it was new to this copy. @throws {LogUnavailable} */
  async followWatching(watched: WritePolicy['watched']): Promise<readonly Followed[]> {
    const followed: Followed[] = [];
    await this.followWith((rows) => {
      for (const row of rows)
        followed.push({ bytes: row.bytes, written: this.document.takeStored([row], watched).written });
    });
    return followed;
  }

  private async followWith(take: (rows: readonly StoredUpdate[]) => void): Promise<void> {
    const { log, served } = this.parts;
    for (;;) {
      const rows = await log.read(served.name, this.document.known, PAGE);
      if (rows.some(({ number }, i) => number !== this.document.known + 1 + i))
        throw new Error('the log has a gap');
      this.document.together(() => take(rows));
      this.document.known += rows.length;
      if (rows.length < PAGE) return;
    }
  }

  /**
   * Lets `change` write into the document, at once, and stores what came of it.
   * @throws {LogUnavailable} and then the copy must be opened again: it may have been stored
   */
  async write(change: (doc: Y.Doc) => void): Promise<Written> {
    if (this.isSpoilt) throw new Error('the copy holds what was not stored');
    const { log, served, clock, actor, newBatchId } = this.parts;
    const { doc } = this;
    const updates: NewUpdate[] = [];
    const collect = (bytes: Uint8Array): void =>
      void updates.push({ bytes, actor, claims: [doc.clientID], carried: false });
    doc.on('update', collect);
    try {
      this.isSpoilt = true;
      change(doc);
    } finally {
      doc.off('update', collect);
    }
    if (updates.length > 0) {
      const batch = { id: newBatchId(), atMs: clock.nowMs(), updates };
      const result = await log.appendAfter(served.name, this.document.known, batch);
      if (result === undefined) return { type: 'overtaken' };
      if (result.appended.some((one) => 'ownedBy' in one)) throw new Error('another has this Yjs client id');
      this.document.known += updates.length;
    }
    this.isSpoilt = false;
    if (updates.length === 0) return { type: 'nothing' };
    return { type: 'stored', from: this.document.known - updates.length + 1, updates };
  }

  close(): void {
    this.isSpoilt = true;
    this.document.doc.destroy();
  }
}

/** @throws {LogUnavailable} */
export async function openStoredCopy(parts: CopyParts): Promise<StoredCopy> {
  return new StoredCopy(await loadRoomDocument(parts.served, parts.log), parts);
}
