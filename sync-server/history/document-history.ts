import type { Plain } from '#shared/document/stored-value.ts';
import type { CatalogueView, WallView } from '#shared/document/view.ts';
import type { ActorId } from '#shared/model/ids.ts';
import type { ServedDocument } from '../documents/document-name.ts';

/**
 * Who changed what, and how a document was: the numbered updates, read again. Goes back as far as they are kept. Every
 * call throws `LogUnavailable` while the database does not answer.
 */
export type DocumentHistory = {
  /** Updates below number `before` (all, without it), newest first, at most `limit` (1 to 500). */
  list(document: ServedDocument, query: HistoryQuery): Promise<readonly HistoryEntry[]>;
  /** The document as it was at a time: milliseconds since 1970 UTC, by the servers' clocks. */
  at(document: ServedDocument, timeMs: number): Promise<PastDocument>;
  /** The document as it was after an update. */
  atNumber(document: ServedDocument, number: number): Promise<PastDocument>;
  /** What the updates above `after` and up to `upTo` did, oldest first; of more than 500 the first 500. */
  changes(
    document: ServedDocument,
    after: number,
    upTo: number,
  ): Promise<readonly HistoryChange[] | 'forgotten'>;
};

export type HistoryQuery = { readonly before?: number; readonly limit: number };

export type HistoryEntry = {
  readonly number: number;
  /** Who sent it; of a carried update that is who brought others' edits. */
  readonly actor: ActorId;
  readonly atMs: number;
  readonly carried: boolean;
  readonly bytes: number;
};

export type PastDocument =
  /** `number` is that of the last update in it; 0 before the first. */
  | { readonly type: 'past'; readonly number: number; readonly view: PastView }
  /** It was so long ago that its updates are not kept any more. */
  | { readonly type: 'forgotten' };

export type PastView =
  | { readonly kind: 'catalogue'; readonly catalogue: CatalogueView }
  | { readonly kind: 'wall'; readonly wall: WallView };

export type HistoryChange = Omit<HistoryEntry, 'bytes'> & { readonly edits: readonly HistoryEdit[] };

/** What an update did, in the document's own words. */
export type HistoryEdit =
  /** A field of a record, or a key of a flat root (then without `id`). Null: it was not there, or is not any more. */
  | {
      readonly type: 'set';
      readonly root: string;
      readonly id?: string;
      readonly key: string;
      readonly before: Plain;
      readonly after: Plain;
    }
  | {
      readonly type: 'record-added';
      readonly root: string;
      readonly id: string;
      readonly fields: Readonly<Record<string, Plain>>;
    }
  /** `fields`: what it held, where that left with it. */
  | {
      readonly type: 'record-removed';
      readonly root: string;
      readonly id: string;
      readonly fields?: Readonly<Record<string, Plain>>;
    }
  /** A day's records left as a whole, for the archive or for a newer generation. */
  | { readonly type: 'generation-left'; readonly root: string; readonly generation: string };
