import * as Y from 'yjs';
import { createStampClock } from '../../kernel/stamp.ts';
import { ActorId, ReplicaId, StreamId, WallId } from '../../model/ids.ts';
import { applyWallCommand, settleWall, wallTarget } from '../apply-wall-command.ts';
import type { Applied, WriteContext } from '../op.ts';
import { openWall, type WallProjection } from '../project-wall.ts';
import { createUndo } from '../undo.ts';
import type { WallView } from '../view.ts';
import { createRandom, type Random } from './random.ts';
import { randomWallCommand } from './random-wall-command.ts';
import { createTileLedger, jumpedBack, uncovered, wallViolations } from './wall-invariants.ts';

/**
 * One made-up history of a wall: some desks that edit apart, with clocks that disagree, get each other's updates late, in any
 * order and twice, restart, undo and redo; and in the end meet. All of it follows from the seed.
 */
export type WallHistory = { readonly violations: readonly string[]; readonly log: readonly string[] };

const STREAMS = Array.from({ length: 8 }, (_, index) => StreamId.parse(`stream${index}`));
const START_MS = Date.UTC(2026, 5, 1);
const WALL = WallId.parse('main');

export function playWallHistory(seed: number, steps = 80): WallHistory {
  const random = createRandom(seed);
  const record = createRecord();
  const time = { nowMs: START_MS };
  const desks = Array.from(
    { length: random.whole(2, 5) },
    (_, index) => new HistoryDesk(index, time, random, record),
  );
  for (let step = 0; step < steps; step++) {
    time.nowMs += random.whole(1, 2_000);
    const desk = random.pick(desks);
    const other = random.pick(desks);
    const choice = random.next();
    // No replica is worked on with half of what others did in it: a server sends nothing before what it builds upon.
    if (!desk.isWhole()) desk.receive(other.allUpdates());
    else if (choice < 0.62) desk.command();
    else if (choice < 0.68) desk.undo('undo');
    else if (choice < 0.71) desk.undo('redo');
    else if (choice < 0.73) desk.restart();
    else if (other !== desk) desk.receive(other.someUpdates());
    if (desk.isWhole())
      record.violations.push(...wallViolations(desk.view()).map((words) => `step ${step}: ${words}`));
  }
  for (let round = 0; round < 2; round++)
    for (const desk of desks) for (const other of desks) if (other !== desk) desk.receive(other.allUpdates());
  const [first, ...others] = desks.map((desk) => JSON.stringify(desk.view()));
  if (others.some((view) => view !== first)) record.violations.push('the desks do not see the same');
  for (const desk of desks) {
    if (JSON.stringify(desk.viewAfresh()) !== first) record.violations.push('read whole, it is another wall');
  }
  for (const desk of desks.slice(0, 1)) record.violations.push(...record.ledger.violations(desk.view()));
  return record;
}

type HistoryRecord = ReturnType<typeof createRecord>;

/** What is known of all desks together, which none of them knows. */
function createRecord() {
  const log: string[] = [];
  const violations: string[] = [];
  const ledger = createTileLedger();
  const undone = new Set<string>();
  const lifted = new Set<string>();
  const note = (applied: Applied, isUndo: boolean): void => {
    ledger.note(applied);
    for (const change of applied.changes) {
      if (change.type === 'key' && change.root === 'safety' && change.after === null) lifted.add(change.key);
      if (isUndo && change.type !== 'key') undone.add(change.id);
    }
  };
  return { log, violations, ledger, undone, lifted, note };
}

/** One desk: its copy, its undo, its clock that is wrong, and all that it ever wrote. */
class HistoryDesk {
  private readonly name: string;
  private readonly nowMs: () => number;
  private readonly context: () => WriteContext;
  private readonly random: Random;
  private readonly record: HistoryRecord;
  private readonly undoStack = createUndo();
  private readonly written: Uint8Array[] = [];
  private doc: Y.Doc;
  private wall: WallProjection;

  constructor(index: number, time: { readonly nowMs: number }, random: Random, record: HistoryRecord) {
    const replica = ReplicaId.parse(index.toString(36).repeat(8));
    const actor = ActorId.parse(`user:${index}`);
    const skewMs = random.whole(-120_000, 120_000);
    this.name = String(index);
    this.nowMs = () => time.nowMs + skewMs;
    const stamps = createStampClock({ nowMs: this.nowMs }, replica);
    this.context = () => ({ actor, stamps, replica, nowMs: this.nowMs() });
    this.random = random;
    this.record = record;
    ({ doc: this.doc, wall: this.wall } = this.open());
  }

  view(): WallView {
    return this.wall.view();
  }

  viewAfresh(): WallView {
    return this.open(Y.encodeStateAsUpdate(this.doc)).wall.view();
  }

  /** Yjs applies the deletions of an update whose other half waits for something: such a wall is not looked at. */
  isWhole(): boolean {
    return this.doc.store.pendingStructs === null && this.doc.store.pendingDs === null;
  }

  command(): void {
    const command = randomWallCommand(this.random, this.view(), STREAMS);
    const result = applyWallCommand(this.doc, this.wall, command, this.context());
    this.say(`${JSON.stringify(command)} ${result.ok ? 'done' : result.error.reason}`);
    if (!result.ok) return;
    this.record.note(result.value, false);
    this.undoStack.record(result.value, this.random.chance(0.3) ? 'drag' : undefined);
  }

  undo(way: 'undo' | 'redo'): void {
    const target = () => wallTarget(this.doc, this.wall);
    const result = this.undoStack[way](target, this.context());
    this.say(`${way} ${result.ok ? 'done' : result.error.message}`);
    if (result.ok) this.record.note(result.value.applied, true);
  }

  /** What was in memory is gone; a new run is a new Yjs client. */
  restart(): void {
    this.say('restarts');
    ({ doc: this.doc, wall: this.wall } = this.open(Y.encodeStateAsUpdate(this.doc)));
    this.undoStack.clear();
  }

  receive(updates: readonly Uint8Array[]): void {
    this.settle();
    const before = this.isWhole() ? this.wall.state() : null;
    for (const update of updates) Y.applyUpdate(this.doc, update);
    this.settle();
    this.say(`receives ${updates.length} updates`);
    if (before === null || !this.isWhole()) return;
    const { undone, lifted, violations } = this.record;
    const after = this.wall.state();
    for (const id of jumpedBack(before, after, undone)) violations.push(`${id} jumped back on air`);
    for (const id of uncovered(before, after, lifted)) violations.push(`${id} came clear by itself`);
  }

  /** Some of what this desk ever wrote, in any order, some of it twice; or all that it has. */
  someUpdates(): readonly Uint8Array[] {
    if (this.isWhole() && this.random.chance(0.3)) return this.allUpdates();
    const some = this.written.filter(() => this.random.chance(0.5));
    return this.random.shuffle([...some, ...some.slice(0, 3)]);
  }

  allUpdates(): readonly Uint8Array[] {
    return [Y.encodeStateAsUpdate(this.doc)];
  }

  private settle(): void {
    const applied = settleWall(this.doc, this.wall, this.context());
    if (applied !== null) this.record.note(applied, false);
  }

  private open(state?: Uint8Array): { doc: Y.Doc; wall: WallProjection } {
    const doc = new Y.Doc();
    doc.clientID = this.random.whole(1, 2 ** 31);
    if (state !== undefined) Y.applyUpdate(doc, state);
    doc.on('update', (update: Uint8Array, _: unknown, __: unknown, { local }: Y.Transaction) => {
      if (local) this.written.push(update);
    });
    return { doc, wall: openWall(doc, WALL) };
  }

  private say(words: string): void {
    this.record.log.push(`${this.name} ${words}`);
  }
}
