import { createUndo, type Undo } from '../document/undo.ts';
import type { CommandContext } from '../document/op.ts';
import type { CatalogueProjection } from '../document/project-catalogue.ts';
import type { WallProjection } from '../document/project-wall.ts';
import type { CatalogueView, WallView } from '../document/view.ts';
import type { Clock } from '../kernel/clock.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import { createStampClock, type StampClock } from '../kernel/stamp.ts';
import { WallId, type ActorId, type ReplicaId } from '../model/ids.ts';
import type { Role } from '../model/role.ts';
import { catalogueKind, wallKind, type DocumentKind, type ProjectionOf } from './document-kind.ts';
import { createReplicaDocument, type ReplicaDocument } from './replica-document.ts';
import type {
  DocumentName,
  DocumentSize,
  ReplicaStore,
  StoredDocument,
  StoreFailure,
  UnsavedEdit,
} from './replica-store.ts';
import { createSavingTracker, type SavingTracker } from './saving-state.ts';
import type { StreamArchive } from './stream-archive.ts';

export type CatalogueDocument = ReplicaDocument<CatalogueView, CatalogueProjection>;
export type WallDocument = ReplicaDocument<WallView, WallProjection>;

/** What all parts of a replica share; only `replica` makes one. Everything in it changes in the write queue alone. */
export type ReplicaCore = {
  readonly id: ReplicaId;
  readonly store: ReplicaStore;
  readonly archive: StreamArchive | undefined;
  readonly clock: Clock;
  readonly stamps: StampClock;
  readonly newId: () => string;
  readonly undo: Undo;
  readonly saving: SavingTracker;
  readonly catalogue: CatalogueDocument;
  readonly walls: Map<WallId, WallDocument>;
  /** Documents whose memory is not what is on disk, because the disk failed; to be loaded before they are used. */
  readonly stale: Set<DocumentName>;
  /** Edits that were replaced after a refusal, and that the server may yet have saved: by document and number. */
  readonly replaced: Map<DocumentName, Map<number, Uint8Array>>;
  readonly unsavedListeners: Set<(change: UnsavedChange) => void>;
  readonly compacting: Set<DocumentName>;
  /** What the last compaction had to leave in a document's log. */
  readonly leftInLog: Map<DocumentName, DocumentSize>;
  actor: ActorId;
  role: Role;
  /** The server's store that this replica belongs to; null while it works alone. */
  team: string | null;
};

/** `added` are to be sent. `replaced`: what was unsaved in the document before is not to be sent any more. */
export type UnsavedChange = Readonly<{
  document: DocumentName;
  added: readonly UnsavedEdit[];
  replaced: boolean;
}>;

export type CoreParts = Readonly<{
  id: ReplicaId;
  store: ReplicaStore;
  archive: StreamArchive | undefined;
  clock: Clock;
  newId: () => string;
  actor: ActorId;
  role: Role;
  team: string | null;
}>;

export async function createCore(parts: CoreParts): Promise<Result<ReplicaCore, StoreFailure>> {
  const stored = await parts.store.load('catalogue');
  if (!stored.ok) return stored;
  const catalogue = openStored('catalogue', catalogueKind, stored.value);
  if (!catalogue.ok) return catalogue;
  return ok({
    ...parts,
    stamps: createStampClock(parts.clock, parts.id),
    undo: createUndo(),
    saving: createSavingTracker(),
    catalogue: catalogue.value,
    walls: new Map(),
    stale: new Set(),
    replaced: new Map(),
    unsavedListeners: new Set(),
    compacting: new Set(),
    leftInLog: new Map(),
  });
}

export function contextOf(core: ReplicaCore): CommandContext {
  const { actor, stamps, id, newId } = core;
  return { actor, stamps, replica: id, nowMs: core.clock.nowMs(), newId };
}

/** A document as `applyCommand` wants it. */
export function atHand<View, Projection extends ProjectionOf<View>>(
  document: ReplicaDocument<View, Projection>,
) {
  return { doc: document.doc(), projection: document.projection() };
}

/** A document that is open. */
export function findDocument(core: ReplicaCore, name: DocumentName): ReplicaDocument | undefined {
  if (name === 'catalogue') return core.catalogue;
  const id = WallId.safeParse(name.slice('wall:'.length));
  return id.success ? core.walls.get(id.data) : undefined;
}

/** Opens the document if it is not open, and loads it again if its memory is not what is on disk. In the queue only. */
export async function readyDocument(
  core: ReplicaCore,
  name: DocumentName,
): Promise<Result<ReplicaDocument, StoreFailure>> {
  const found = findDocument(core, name);
  if (found !== undefined && !core.stale.has(name)) return ok(found);
  const stored = await core.store.load(name);
  if (!stored.ok) return stored;
  core.stale.delete(name);
  if (found !== undefined) {
    found.reload(stored.value);
    found.tell();
    return ok(found);
  }
  const id = WallId.safeParse(name.slice('wall:'.length));
  if (!id.success) return fail({ reason: 'disk-error', words: `There is no document named ${name}.` });
  const opened = openStored(name, wallKind(id.data), stored.value);
  if (opened.ok) core.walls.set(id.data, opened.value);
  return opened;
}

/** A snapshot that is as it was written and that Yjs cannot read all the same: nothing to go on with. */
function openStored<View, Projection extends ProjectionOf<View>>(
  name: DocumentName,
  kind: DocumentKind<View, Projection>,
  stored: StoredDocument,
): Result<ReplicaDocument<View, Projection>, StoreFailure> {
  try {
    return ok(createReplicaDocument(name, kind, stored));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return fail({ reason: 'damaged', words: `The document ${name} cannot be read: ${why}.` });
  }
}

/** Shows everybody what has changed, unless some of it is not on disk: then the next loading shows what is. */
export function showDocument(core: ReplicaCore, document: ReplicaDocument): void {
  if (!core.stale.has(document.name)) document.tell();
}

export function tellUnsaved(core: ReplicaCore, change: UnsavedChange): void {
  if (change.added.length === 0 && !change.replaced) return;
  for (const listener of [...core.unsavedListeners]) listener(change);
}

/** Who may write down what a view had to decide. */
export function maySettle(core: ReplicaCore): boolean {
  return core.role === 'admin' || core.role === 'operator';
}
