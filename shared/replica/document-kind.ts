import type * as Y from 'yjs';
import { catalogueTarget, settleCatalogue } from '../document/apply-catalogue-command.ts';
import { settleWall, wallTarget } from '../document/apply-wall-command.ts';
import type { Applied, WriteContext } from '../document/op.ts';
import { openCatalogue, type CatalogueProjection } from '../document/project-catalogue.ts';
import { openWall, type WallProjection } from '../document/project-wall.ts';
import type { CatalogueView, WallView } from '../document/view.ts';
import type { WriteTarget } from '../document/write-ops.ts';
import type { WallId } from '../model/ids.ts';

/** What a replica asks of a kind of document; everything else it does alike for all. */
export type DocumentKind<View, Projection extends ProjectionOf<View>> = {
  readonly open: (doc: Y.Doc) => Projection;
  /** Writes down what the view had to decide. */
  readonly settle: (doc: Y.Doc, projection: Projection, context: WriteContext) => Applied | null;
  readonly target: (doc: Y.Doc, projection: Projection) => WriteTarget;
};

export type ProjectionOf<View> = {
  readonly view: () => View;
  readonly onChange: (listener: (change: ViewChange<View>) => void) => () => void;
  readonly dispose: () => void;
};

/** `changed` names what is not as it was, by root. */
export type ViewChange<View> = {
  readonly view: View;
  readonly changed: Readonly<Record<string, ReadonlySet<string> | undefined>>;
};

export const catalogueKind: DocumentKind<CatalogueView, CatalogueProjection> = {
  open: openCatalogue,
  settle: settleCatalogue,
  target: catalogueTarget,
};

export const wallKind = (id: WallId): DocumentKind<WallView, WallProjection> => ({
  open: (doc) => openWall(doc, id),
  settle: settleWall,
  target: wallTarget,
});
