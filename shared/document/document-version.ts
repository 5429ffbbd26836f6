import type * as Y from 'yjs';
import type { Refusal } from '../protocol/refusal.ts';

/** The version of documents that this program writes. A document without one is of the first. */
export const DOCUMENT_VERSION = 1;

export const VERSION_KEY = 'version';
/** The oldest version whose programs may still write; set by a migration that older programs would break. */
export const NEEDS_KEY = 'needs';

/** Versions from `meta`; what is no whole number from 1 is read as 1. */
export function readVersion(doc: Y.Doc): { readonly version: number; readonly needs: number } {
  const meta = doc.getMap<unknown>('meta');
  return { version: wholeNumber(meta.get(VERSION_KEY)), needs: wholeNumber(meta.get(NEEDS_KEY)) };
}

function wholeNumber(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 ? value : 1;
}

/** Why this program may not write to the document, if it may not: the document needs a newer one. It can still be read. */
export function refuseToWrite(doc: Y.Doc, programVersion = DOCUMENT_VERSION): Refusal | undefined {
  const { needs } = readVersion(doc);
  if (needs <= programVersion) return undefined;
  return {
    reason: 'too-old',
    message: `These documents need a program that knows version ${needs}; this one knows version ${programVersion}. It can still show them. Please update it.`,
    retryable: false,
  };
}
