import type { LineState } from '../protocol/sync-state.ts';

/** The least good first: what is true of one document is said of all. */
const ORDER: readonly LineState['type'][] = [
  'turned-away',
  'asking',
  'offline',
  'off',
  'connecting',
  'held',
  'syncing',
  'in-step',
];

/** One truth for all documents. */
export function combineLines(states: readonly LineState[]): LineState {
  return ORDER.flatMap((type) => states.filter((state) => state.type === type))[0] ?? { type: 'off' };
}
