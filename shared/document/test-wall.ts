import * as Y from 'yjs';
import { createStampClock } from '../kernel/stamp.ts';
import { ActorId, ReplicaId, RuleId, SceneId, StreamId, TileId, WallId } from '../model/ids.ts';
import type { Refusal } from '../protocol/refusal.ts';
import { applyWallCommand, settleWall, wallTarget } from './apply-wall-command.ts';
import type { WallCommand } from './command.ts';
import type { Applied } from './op.ts';
import { openWall, type WallProjection } from './project-wall.ts';
import { TEST_NOW, type TestTime } from './test-desk.ts';
import { createUndo } from './undo.ts';
import type { WallView } from './view.ts';
import type { WallContext } from './wall-plan.ts';

/** For tests: a desk with its own copy of one wall, an undo stack and a clock that the test turns. */
export type TestWall = {
  readonly doc: Y.Doc;
  readonly wall: WallProjection;
  readonly view: () => WallView;
  readonly context: () => WallContext;
  /** Applies a command that has to be possible, and remembers it for undo. */
  readonly act: (command: WallCommand, group?: string) => Applied;
  /** Applies a command that has to be refused. */
  readonly refused: (command: WallCommand) => Refusal;
  readonly settle: () => Applied | null;
  /** What undo and redo answer in words; empty when they did it all. */
  readonly undo: () => string;
  readonly redo: () => string;
};

/** `name` is one letter or digit; desks of different names are different replicas and Yjs clients. */
export function createTestWall(name: string, time: TestTime = { nowMs: TEST_NOW }): TestWall {
  const doc = new Y.Doc();
  doc.clientID = name.charCodeAt(0);
  const replica = ReplicaId.parse(name.repeat(8));
  const actor = ActorId.parse(`user:${name}`);
  const stamps = createStampClock({ nowMs: () => time.nowMs }, replica);
  const context = (): WallContext => ({ actor, stamps, replica, nowMs: time.nowMs });
  const wall = openWall(doc, WallId.parse('main'));
  const undo = createUndo();
  const open = () => wallTarget(doc, wall);
  return {
    doc,
    wall,
    context,
    view: wall.view,
    act(command, group) {
      const result = applyWallCommand(doc, wall, command, context());
      if (!result.ok) throw new Error(`${command.type}: ${result.error.message}`);
      undo.record(result.value, group);
      return result.value;
    },
    refused(command) {
      const before = Y.encodeStateAsUpdate(doc);
      const result = applyWallCommand(doc, wall, command, context());
      if (result.ok) throw new Error(`${command.type} was not refused`);
      if (Y.encodeStateAsUpdate(doc).length !== before.length) throw new Error('a refusal wrote something');
      return result.error;
    },
    settle: () => settleWall(doc, wall, context()),
    undo: () => said(undo.undo(open, context())),
    redo: () => said(undo.redo(open, context())),
  };
}

function said(result: ReturnType<ReturnType<typeof createUndo>['undo']>): string {
  return result.ok ? (result.value.words ?? '') : result.error.message;
}

export const tileId = (id: string) => TileId.parse(id);
export const streamId = (id: string) => StreamId.parse(id);
export const sceneId = (id: string) => SceneId.parse(id);
export const ruleId = (id: string) => RuleId.parse(id);
export const cell = (x: number, y: number, w = 1, h = 1) => ({ x, y, w, h });

/** Puts the stream `s-<tile>` on the wall as a tile. */
export const put = (tile: string, x: number, y: number, w = 1, h = 1): WallCommand => ({
  type: 'place-stream',
  tile: tileId(tile),
  stream: streamId(`s-${tile}`),
  at: cell(x, y, w, h),
});

export const move = (tile: string, x: number, y: number, w = 1, h = 1): WallCommand => ({
  type: 'place-tile',
  tile: tileId(tile),
  at: cell(x, y, w, h),
});

/** Where everything is, in words: `one 0,0 1x1`, and who is on the bench. */
export function placesOf({ tiles, bench }: WallView): { readonly wall: string[]; readonly bench: string[] } {
  return {
    wall: tiles.map(({ id, place }) => `${id} ${place?.x},${place?.y} ${place?.w}x${place?.h}`),
    bench: bench.map(({ id }) => id as string).sort(),
  };
}
