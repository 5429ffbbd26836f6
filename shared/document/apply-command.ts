import type * as Y from 'yjs';
import { fail, type Result } from '../kernel/result.ts';
import type { WallId } from '../model/ids.ts';
import type { Refusal } from '../protocol/refusal.ts';
import { applyCatalogueCommand } from './apply-catalogue-command.ts';
import { applyWallCommand } from './apply-wall-command.ts';
import type { Command } from './command.ts';
import type { Applied, CommandContext } from './op.ts';
import type { CatalogueProjection } from './project-catalogue.ts';
import type { WallProjection } from './project-wall.ts';

/** The documents that are at hand. */
export type OpenDocuments = {
  readonly catalogue: { readonly doc: Y.Doc; readonly projection: CatalogueProjection };
  /** Nothing for a wall that is not open here. */
  readonly wall: (id: WallId) => { readonly doc: Y.Doc; readonly projection: WallProjection } | undefined;
};

/**
 * The only way in: does what a command says to its document, in one transaction, or says in words why not. Walls learn
 * from the catalogue which streams turned out to be one.
 */
export function applyCommand(
  documents: OpenDocuments,
  { document, command, ...rest }: Command,
  context: CommandContext,
): Result<Applied, Refusal> {
  const { catalogue } = documents;
  if (document === 'catalogue')
    return applyCatalogueCommand(catalogue.doc, catalogue.projection, command, context);
  const wall = documents.wall((rest as { wall: WallId }).wall);
  if (wall === undefined)
    return fail({ reason: 'not-found', message: 'That wall is not open here.', retryable: true });
  const resolveStream = catalogue.projection.view().resolve;
  return applyWallCommand(wall.doc, wall.projection, command, { ...context, resolveStream });
}
