import type * as Y from 'yjs';
import { fail, ok, type Result } from '../kernel/result.ts';
import type { Refusal } from '../protocol/refusal.ts';
import type { CatalogueCommand } from './command.ts';
import { refuseToWrite } from './document-version.ts';
import { MAX_DOCUMENT_BYTES } from './limits.ts';
import type { Applied, CommandContext, Op, WriteContext } from './op.ts';
import { planCatalogue } from './plan-catalogue.ts';
import type { CatalogueProjection } from './project-catalogue.ts';
import { planSettleAccounts, planSettleCatalogue } from './settle-catalogue.ts';
import { writeOps, type WriteTarget } from './write-ops.ts';

/**
 * Does what a command says to the catalogue, in one transaction, or says in words why not; a refusal writes nothing.
 * `projection` is the one that `openCatalogue` made of `doc`. The command has been parsed.
 */
export function applyCatalogueCommand(
  doc: Y.Doc,
  projection: CatalogueProjection,
  command: CatalogueCommand,
  context: CommandContext,
): Result<Applied, Refusal> {
  const tooOld = refuseToWrite(doc);
  if (tooOld !== undefined) return fail(tooOld);
  const planned = planCatalogue(projection, command, context);
  if (!planned.ok) return planned;
  const adds = planned.value.some((op) => op.type === 'create-record' || op.type === 'restore-record');
  if (adds && (context.documentBytes ?? 0) > MAX_DOCUMENT_BYTES)
    return refused('limit', 'The catalogue is full. Remove or archive streams first.');
  const origin = { type: 'command', actor: context.actor } as const;
  const applied = writeOps(catalogueTarget(doc, projection), planned.value, context, origin);
  return applied.changes.length > 0 ? ok(applied) : refused('unchanged', 'It is so already.');
}

/**
 * Writes down what the view had to decide; for whoever may write streams, after every merge. Null when nothing was open.
 * Not a person's doing: it belongs on no undo stack.
 */
export function settleCatalogue(
  doc: Y.Doc,
  projection: CatalogueProjection,
  context: WriteContext,
): Applied | null {
  return settle(doc, projection, planSettleCatalogue(projection), context);
}

/**
 * Leaves each account with the one streamer that it is shown with. For the replica that retires only: were it done by many
 * at once, each by what it has seen, an account could be lost that somebody removes from its streamer meanwhile.
 */
export function settleAccounts(
  doc: Y.Doc,
  projection: CatalogueProjection,
  context: WriteContext,
): Applied | null {
  return settle(doc, projection, planSettleAccounts(projection), context);
}

function settle(
  doc: Y.Doc,
  projection: CatalogueProjection,
  ops: readonly Op[],
  context: WriteContext,
): Applied | null {
  if (ops.length === 0 || refuseToWrite(doc) !== undefined) return null;
  const applied = writeOps(catalogueTarget(doc, projection), ops, context, { type: 'settle' });
  return applied.changes.length > 0 ? applied : null;
}

/** The catalogue as undo and rescue want it. */
export function catalogueTarget(doc: Y.Doc, projection: CatalogueProjection): WriteTarget {
  return { doc, document: 'catalogue', findGenerations: projection.findGenerations };
}

function refused(reason: Refusal['reason'], message: string): Result<never, Refusal> {
  return fail({ reason, message, retryable: false });
}
