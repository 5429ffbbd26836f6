import type { Command } from '../document/command.ts';
import type { CatalogueView, WallView } from '../document/view.ts';
import type { Clock } from '../kernel/clock.ts';
import { ok, type Result } from '../kernel/result.ts';
import { ReplicaId, type ActorId, type WallId } from '../model/ids.ts';
import type { Role } from '../model/role.ts';
import type { SavingState } from '../protocol/ipc-contract.ts';
import type { Refusal } from '../protocol/refusal.ts';
import { findInArchive } from './bring-back.ts';
import { performWrites, type Done, type Write } from './perform-writes.ts';
import { tidyDocument } from './receive-updates.ts';
import {
  createCore,
  findDocument,
  readyDocument,
  showDocument,
  type ReplicaCore,
  type WallDocument,
} from './replica-core.ts';
import type { DocumentState, ToldChange } from './replica-document.ts';
import type { DocumentName, RefusedEdit, ReplicaStore, StoreFailure } from './replica-store.ts';
import { createReplicaSync, type ReplicaSync } from './replica-sync.ts';
import { commandWrite, undoWrite } from './replica-writes.ts';
import { migrateAlone, retireAlone } from './retire-alone.ts';
import type { ArchivePage, ArchiveQuery, StreamArchive } from './stream-archive.ts';
import { createWriteQueue, type WriteQueue } from './write-queue.ts';

/**
 * A program's own durable copy of the documents. Runs wherever there is a `ReplicaStore`: on a desk
 *
 *     const opened = await openReplicaDatabase({ file, workerUrl, clock, program: 'Streamwall' });
 *     const replica = await openReplica({ ...opened.value, actor, role: 'admin', clock });
 *     await replica.value.openWall(wallId);
 *     replica.value.onWall(wallId, ({ view }) => show(view));
 *     const answer = await replica.value.send({ document: 'wall', wall: wallId, command });
 *
 * An edit is on disk before `send` answers and before any listener hears of it. When the disk does not take it, it is
 * refused ('not-stored') and nothing of it is shown. What a server needs of it is in `sync`.
 */
export type Replica = {
  readonly id: ReplicaId;
  readonly catalogue: () => CatalogueView;
  readonly onCatalogue: (listener: (change: ToldChange<CatalogueView>) => void) => () => void;
  /** Opens a wall, an empty one if nothing was ever written to it; it stays open. */
  readonly openWall: (id: WallId) => Promise<Result<WallView, StoreFailure>>;
  /** Undefined while the wall is not open. */
  readonly wall: (id: WallId) => WallView | undefined;
  /** Of a wall that is open; throws for another. */
  readonly onWall: (id: WallId, listener: (change: ToldChange<WallView>) => void) => () => void;

  /** Commands of one `group` in a row (a drag) are one step of undo. A wall that is not open is opened. */
  readonly send: (command: Command, group?: string) => Promise<Result<Done, Refusal>>;
  /** What a program does for whoever is here, with their rights: nobody's step to be undone. */
  readonly sendAs: (program: ActorId, command: Command) => Promise<Result<Done, Refusal>>;
  readonly undo: () => Promise<Result<Done, Refusal>>;
  readonly redo: () => Promise<Result<Done, Refusal>>;
  /** Whose edits the next ones are. Another's steps are not there to be undone. */
  readonly actAs: (actor: ActorId, role: Role) => void;

  /** Whether what was done is on disk here. What the server has not saved yet is `sync.unsaved`. */
  readonly saving: () => SavingState;
  readonly onSaving: (listener: (state: SavingState) => void) => () => void;
  /** Edits that the server refused, with their reasons and what they were, until they are dismissed. */
  readonly refused: () => Promise<Result<readonly RefusedEdit[], StoreFailure>>;
  readonly dismissRefused: (document: DocumentName, n: number) => Promise<Result<undefined, StoreFailure>>;
  readonly state: (document: DocumentName) => DocumentState | undefined;
  /** Moves what is over to the archive; to be called now and then. Does nothing in a team: there, the server does. */
  readonly retire: () => Promise<Result<number, StoreFailure>>;
  /** What has left the catalogue, as this copy's own archive has it; empty where it has none. */
  readonly searchArchive: (query: ArchiveQuery) => Promise<Result<ArchivePage, StoreFailure>>;
  readonly sync: ReplicaSync;
  /** Waits for what is under way. The store stays open. */
  readonly close: () => Promise<void>;
};

export type ReplicaOptions = Readonly<{
  store: ReplicaStore;
  archive?: StreamArchive;
  actor: ActorId;
  role: Role;
  clock: Clock;
  /** Random ids, `[a-z0-9]`, of at least the given length. */
  randomId?: (length: number) => string;
}>;

export async function openReplica(options: ReplicaOptions): Promise<Result<Replica, StoreFailure>> {
  const { store, archive, actor, role, clock, randomId = cryptoId } = options;
  const id = await replicaId(store, randomId);
  if (!id.ok) return id;
  const team = await store.getSetting('team');
  if (!team.ok) return team;
  const newId = () => randomId(16);
  const parts = { id: id.value, store, archive, clock, newId, actor, role, team: team.value ?? null };
  const core = await createCore(parts);
  if (!core.ok) return core;
  const queue = createWriteQueue<Write>((writes) => performWrites(core.value, writes));
  const migrated = await queue.alone(() => migrateAlone(core.value));
  if (migrated.ok) await queue.alone(() => tidyDocument(core.value, core.value.catalogue));
  showDocument(core.value, core.value.catalogue);
  return ok(assemble(core.value, queue));
}

function assemble(core: ReplicaCore, queue: WriteQueue<Write>): Replica {
  const write = (build: (answer: Write['answer']) => Write): Promise<Result<Done, Refusal>> =>
    new Promise((resolve, reject) => {
      queue.write(build(resolve)).catch(reject);
    });
  const { catalogue, store, saving } = core;
  return {
    id: core.id,
    catalogue: catalogue.view,
    onCatalogue: catalogue.onChange,
    openWall: (id) => queue.alone(() => openWallAlone(core, id)),
    wall: (id) => core.walls.get(id)?.view(),
    onWall: (id, listener) => wallOf(core, id).onChange(listener),
    send: (command, group) => send(core, write, command, group),
    sendAs: (program, command) => write((answer) => commandWrite(command, undefined, answer, program)),
    undo: () => write((answer) => undoWrite('undo', answer)),
    redo: () => write((answer) => undoWrite('redo', answer)),
    actAs(actor, role) {
      if (actor !== core.actor) core.undo.clear();
      core.actor = actor;
      core.role = role;
    },
    saving: saving.state,
    onSaving: saving.onChange,
    refused: store.refused,
    dismissRefused: store.dismissRefused,
    state: (name) => findDocument(core, name)?.state(),
    retire: () => queue.alone(() => retireAlone(core)),
    searchArchive: async (query) => core.archive?.search(query) ?? ok({ total: 0, records: [] }),
    sync: createReplicaSync(core, queue),
    close: () =>
      queue.alone(() => {
        for (const document of [catalogue, ...core.walls.values()]) document.dispose();
        return Promise.resolve();
      }),
  };
}

async function openWallAlone(core: ReplicaCore, id: WallId): Promise<Result<WallView, StoreFailure>> {
  const ready = await readyDocument(core, `wall:${id}`);
  if (!ready.ok) return ready;
  await tidyDocument(core, ready.value);
  showDocument(core, ready.value);
  return ok(wallOf(core, id).view());
}

function wallOf(core: ReplicaCore, id: WallId): WallDocument {
  const wall = core.walls.get(id);
  if (wall === undefined) throw new Error(`the wall ${id} is not open`);
  return wall;
}

async function send(
  core: ReplicaCore,
  write: (build: (answer: Write['answer']) => Write) => Promise<Result<Done, Refusal>>,
  command: Command,
  group: string | undefined,
): Promise<Result<Done, Refusal>> {
  const archived =
    command.document === 'catalogue' && command.command.type === 'add-stream'
      ? await findInArchive(core, command.command)
      : undefined;
  if (archived === undefined) return write((answer) => commandWrite(command, group, answer));
  // Together one step of undo.
  const step = group ?? `back:${archived.id}`;
  const restore: Command = { document: 'catalogue', command: archived };
  const [back, added] = await Promise.all([
    write((answer) => commandWrite(restore, step, answer)),
    write((answer) => commandWrite(command, step, answer)),
  ]);
  const isBack = back.ok && (added.ok || added.error.reason === 'unchanged');
  return isBack ? ok({ words: 'It was in the archive, and is back with its past.' }) : added;
}

/** Chosen once, and kept with the documents: it names this copy in every stamp. */
async function replicaId(
  store: ReplicaStore,
  randomId: (length: number) => string,
): Promise<Result<ReplicaId, StoreFailure>> {
  const kept = await store.getSetting('replica');
  if (!kept.ok) return kept;
  const parsed = ReplicaId.safeParse(kept.value);
  if (parsed.success) return ok(parsed.data);
  const id = ReplicaId.parse(randomId(8));
  const stored = await store.setSetting('replica', id);
  return stored.ok ? ok(id) : stored;
}

function cryptoId(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => (byte % 36).toString(36)).join('');
}
