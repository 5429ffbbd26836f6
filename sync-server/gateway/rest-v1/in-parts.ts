import type { HttpRefusal } from '../http-refusal.ts';
import { readFailure } from './translate-failure.ts';

/** Rows that are written at once; in between, others get their turn. */
const AT_ONCE = 200;

/** Why a long work was broken off, and the first row that is not known to be done. */
export type BrokenOff = { readonly refusal: HttpRefusal; readonly nextIndex: number };

/**
 * Does something with many rows, some of them at a time. What is done stays done, whatever becomes of the rest.
 * @param perform gets some rows, and the place of the first of them
 * @returns undefined when all are done
 */
export async function inParts<Row>(
  rows: readonly Row[],
  perform: (some: readonly Row[], from: number) => Promise<void>,
): Promise<BrokenOff | undefined> {
  for (let from = 0; from < rows.length; from += AT_ONCE) {
    try {
      await perform(rows.slice(from, from + AT_ONCE), from);
    } catch (error) {
      const refusal = readFailure(error);
      if (refusal === undefined) throw error;
      return { refusal, nextIndex: from };
    }
  }
  return undefined;
}
