import type { Op } from './op.ts';
import type { CatalogueProjection } from './project-catalogue.ts';

/**
 * Writes down the codes that the view had to decide, so that a stream keeps its code when the one it gave way to is gone.
 * Harmless to say twice, anywhere. Empty when there is nothing to settle.
 */
export function planSettleCatalogue(projection: Pick<CatalogueProjection, 'decidedCodes'>): readonly Op[] {
  return [...projection.decidedCodes()].map(([id, code]) => ({
    type: 'set-field',
    root: 'streams',
    id,
    field: 'code',
    value: code,
  }));
}

/** Takes accounts from streamers that are shown without them, as another has them. Empty when there are none. */
export function planSettleAccounts(projection: Pick<CatalogueProjection, 'decidedAccounts'>): readonly Op[] {
  return [...projection.decidedAccounts()].flatMap(([id, fields]) =>
    fields.map((field): Op => ({ type: 'clear-field', root: 'streamers', id, field })),
  );
}
