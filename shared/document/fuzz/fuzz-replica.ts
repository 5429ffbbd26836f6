import * as Y from 'yjs';
import { fail, ok, type Result } from '../../kernel/result.ts';
import { createStampClock, type StampClock } from '../../kernel/stamp.ts';
import { ActorId, ReplicaId, WallId } from '../../model/ids.ts';
import type { Refusal } from '../../protocol/refusal.ts';
import { catalogueTarget, settleCatalogue } from '../apply-catalogue-command.ts';
import { applyCommand, type OpenDocuments } from '../apply-command.ts';
import { settleWall, wallTarget } from '../apply-wall-command.ts';
import type { Command } from '../command.ts';
import type { Applied, CommandContext } from '../op.ts';
import { type CatalogueProjection, openCatalogue } from '../project-catalogue.ts';
import { openWall, type WallProjection } from '../project-wall.ts';
import { rescue } from '../rescue.ts';
import { createUndo, type Undo, type Undone } from '../undo.ts';

export const FUZZ_WALL = WallId.parse('main');
export const FUZZ_DOCUMENTS = ['catalogue', 'wall'] as const;
export type FuzzDocument = (typeof FUZZ_DOCUMENTS)[number];

/** An edit on its way, and the number by which the server will say that it is saved. */
export type FuzzEdit = { readonly document: FuzzDocument; readonly bytes: Uint8Array; readonly n: number };
type UnsavedEdit = { readonly n: number; readonly applied: Applied };

/** The clock of the world, which every replica sees with an error of its own. */
export type FuzzTime = { nowMs: number };

/** A program with its copy of both documents, as a desk, a bot or the server has it. */
export class FuzzReplica {
  readonly index: number;
  readonly actor: ActorId;
  /** What this replica did, in order; for the checks. */
  readonly log: Applied[] = [];
  /** Where its own edits go. */
  send: (edit: FuzzEdit) => void = () => {};
  docs: Record<FuzzDocument, Y.Doc>;
  catalogue: CatalogueProjection;
  wall: WallProjection;
  unsaved: readonly UnsavedEdit[] = [];
  editCount = 0;
  private readonly replica: ReplicaId;
  private readonly stamps: StampClock;
  private readonly nowMs: () => number;
  private undoStack: Undo = createUndo();
  private clientId: number;
  private updateCount = 0;

  constructor(index: number, actor: string, time: FuzzTime, skewMs: number) {
    this.index = index;
    this.actor = ActorId.parse(actor);
    this.replica = ReplicaId.parse(`replica${index}`);
    this.nowMs = () => time.nowMs + skewMs;
    this.stamps = createStampClock({ nowMs: this.nowMs }, this.replica);
    this.clientId = 1000 * (index + 1);
    this.docs = { catalogue: new Y.Doc(), wall: new Y.Doc() };
    this.catalogue = openCatalogue(this.docs.catalogue);
    this.wall = openWall(this.docs.wall, FUZZ_WALL);
    this.listen();
  }

  context(): CommandContext {
    return { actor: this.actor, stamps: this.stamps, replica: this.replica, nowMs: this.nowMs() };
  }

  do(command: Command): Result<Applied, Refusal> {
    const result = this.write(() => applyCommand(this.open(), command, this.context()));
    if (result.ok) this.undoStack.record(result.value);
    return result;
  }

  undo(): void {
    this.write(() => appliedOf(this.undoStack.undo((document) => this.target(document), this.context())));
  }

  redo(): void {
    this.write(() => appliedOf(this.undoStack.redo((document) => this.target(document), this.context())));
  }

  merge(document: FuzzDocument, bytes: Uint8Array): void {
    Y.applyUpdate(this.docs[document], bytes, SYNC);
  }

  /** What every replica does after merging. Says whether it wrote anything. */
  tidyUp(): boolean {
    const unsaved = this.unsaved.map(({ applied }) => applied);
    const before = this.editCount;
    for (const document of FUZZ_DOCUMENTS) {
      const target = this.target(document);
      const own = unsaved.filter((applied) => applied.document === target.document);
      this.write(() => nullable(rescue(target, own, this.context())));
    }
    this.write(() => nullable(settleCatalogue(this.docs.catalogue, this.catalogue, this.context())));
    this.write(() => nullable(settleWall(this.docs.wall, this.wall, this.context())));
    return this.editCount > before;
  }

  saved(n: number): void {
    this.unsaved = this.unsaved.filter((edit) => edit.n > n);
  }

  /** All that is kept on disk comes back; what was in memory is gone. */
  restart(): void {
    this.undoStack = createUndo();
    this.unsaved = JSON.parse(JSON.stringify(this.unsaved)) as readonly UnsavedEdit[];
    this.catalogue.dispose();
    this.wall.dispose();
    for (const document of FUZZ_DOCUMENTS) {
      const bytes = Y.encodeStateAsUpdateV2(this.docs[document]);
      this.docs[document].destroy();
      this.docs[document] = new Y.Doc();
      Y.applyUpdateV2(this.docs[document], bytes, SYNC);
    }
    this.catalogue = openCatalogue(this.docs.catalogue);
    this.wall = openWall(this.docs.wall, FUZZ_WALL);
    this.listen();
  }

  /** What says that it changed something made exactly one update, and what says that it did not made none. */
  private write<E>(make: () => Result<Applied, E>): Result<Applied, E> {
    const before = this.updateCount;
    const result = make();
    const updates = this.updateCount - before;
    if (updates !== (result.ok ? 1 : 0))
      throw new Error(`${updates} updates, and the answer ${JSON.stringify(result)}`);
    if (!result.ok) return result;
    if (result.value.changes.length === 0) throw new Error('an edit without changes');
    this.editCount++;
    this.unsaved = [...this.unsaved, { n: this.editCount, applied: result.value }];
    this.log.push(result.value);
    return result;
  }

  /** A new run of the program is a new Yjs client. */
  private listen(): void {
    this.clientId++;
    for (const document of FUZZ_DOCUMENTS) {
      this.docs[document].clientID = this.clientId;
      this.docs[document].on('update', (bytes: Uint8Array, origin: unknown) => {
        if (origin === SYNC) return;
        this.updateCount++;
        this.send({ document, bytes, n: this.editCount + 1 });
      });
    }
  }

  private open(): OpenDocuments {
    const wall = { doc: this.docs.wall, projection: this.wall };
    return { catalogue: { doc: this.docs.catalogue, projection: this.catalogue }, wall: () => wall };
  }

  private target(document: string) {
    return document === 'catalogue'
      ? catalogueTarget(this.docs.catalogue, this.catalogue)
      : wallTarget(this.docs.wall, this.wall);
  }
}

function appliedOf(result: Result<Undone, Refusal>): Result<Applied, Refusal> {
  return result.ok ? ok(result.value.applied) : result;
}

function nullable(applied: Applied | null): Result<Applied, null> {
  return applied === null ? fail(null) : ok(applied);
}

const SYNC = { type: 'sync' };
