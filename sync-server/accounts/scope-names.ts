import { z } from 'zod';
import { CATALOGUE_ROOTS, WALL_ROOTS } from '#shared/document/document-shape.ts';
import { readDocumentName } from '../documents/document-name.ts';

const ROOTS: ReadonlySet<string> = new Set([...Object.keys(CATALOGUE_ROOTS), ...Object.keys(WALL_ROOTS)]);

/** A document that a key is for, or `wall:*`. A name that fits none would make a key that opens nothing. */
export const ScopeDocument = z
  .string()
  .refine((name) => name === 'wall:*' || readDocumentName(name) !== undefined, 'is no document');

/** A root that a key may write. */
export const ScopeRoot = z.string().refine((root) => ROOTS.has(root), 'is no root');
