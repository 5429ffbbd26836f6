import type * as Y from 'yjs';
import { fail, ok, type Result } from '../kernel/result.ts';
import type { Refusal } from '../protocol/refusal.ts';
import type { WallCommand } from './command.ts';
import { refuseToWrite } from './document-version.ts';
import { MAX_DOCUMENT_BYTES } from './limits.ts';
import type { Applied, WriteContext } from './op.ts';
import { planWall } from './plan-wall.ts';
import type { WallProjection } from './project-wall.ts';
import { planSettleWall } from './settle-wall.ts';
import type { WallContext } from './wall-plan.ts';
import { writeOps, type WriteTarget } from './write-ops.ts';

/**
 * Does what a command says to a wall document, in one transaction, or says in words why not; a refusal writes nothing.
 * `projection` is the one that `openWall` made of `doc`.
 */
export function applyWallCommand(
  doc: Y.Doc,
  projection: WallProjection,
  command: WallCommand,
  context: WallContext,
): Result<Applied, Refusal> {
  const tooOld = refuseToWrite(doc);
  if (tooOld !== undefined) return fail(tooOld);
  const state = projection.state();
  for (const tile of state.tiles.values()) context.stamps.observe(tile.place.placedAt);
  const planned = planWall(state, command, context);
  if (!planned.ok) return planned;
  const adds = planned.value.some((op) => op.type === 'create-record');
  if (adds && (context.documentBytes ?? 0) > MAX_DOCUMENT_BYTES)
    return refused('limit', 'This wall document is full. Remove tiles, scenes or rules first.');
  const origin = { type: 'command', actor: context.actor } as const;
  const applied = writeOps(wallTarget(doc, projection), planned.value, context, origin);
  return applied.changes.length > 0 ? ok(applied) : refused('unchanged', 'It is so already.');
}

/**
 * Writes down what the view had to decide; for whoever may write tiles, after every merge. Null when nothing was open, and
 * while the document waits for updates that it lacks: half of what others did is no ground to bench anything.
 * Not a person's doing: it belongs on no undo stack.
 */
export function settleWall(doc: Y.Doc, projection: WallProjection, context: WriteContext): Applied | null {
  if (doc.store.pendingStructs !== null || refuseToWrite(doc) !== undefined) return null;
  const ops = planSettleWall(projection.state());
  if (ops.length === 0) return null;
  const applied = writeOps(wallTarget(doc, projection), ops, context, { type: 'settle' });
  return applied.changes.length > 0 ? applied : null;
}

/** A wall as undo and rescue want it. */
export function wallTarget(doc: Y.Doc, projection: WallProjection): WriteTarget {
  return { doc, document: `wall:${projection.id}`, findGenerations: projection.findGenerations };
}

function refused(reason: Refusal['reason'], message: string): Result<never, Refusal> {
  return fail({ reason, message, retryable: false });
}
