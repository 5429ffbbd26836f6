import { CATALOGUE_ROOTS, WALL_ROOTS, type RootShape } from '#shared/document/document-shape.ts';
import { WallId } from '#shared/model/ids.ts';

/** A document that this server keeps: its name on the wire and in the store, and what may stand in it. */
export type ServedDocument = {
  readonly name: string;
  readonly kind: 'catalogue' | 'wall';
  readonly roots: Readonly<Record<string, RootShape>>;
};

/** `catalogue`, or `wall:ID`; undefined for any other name. */
export function readDocumentName(name: string): ServedDocument | undefined {
  if (name === 'catalogue') return { name, kind: 'catalogue', roots: CATALOGUE_ROOTS };
  if (!name.startsWith('wall:') || !WallId.safeParse(name.slice('wall:'.length)).success) return undefined;
  return { name, kind: 'wall', roots: WALL_ROOTS };
}
