import type { Hello } from '../protocol/sync-messages.ts';
import type { StoreQuestionKind } from '../protocol/sync-state.ts';

/** What to do about the store that a server has shown. */
export type StoreMeeting =
  | { readonly type: 'own' }
  /** Nothing can be mixed up: this copy belongs to nobody's store, and is empty. */
  | { readonly type: 'join' }
  | { readonly type: 'ask'; readonly kind: StoreQuestionKind };

/**
 * @param team the store this copy belongs to
 * @param isEmptyHere whether this copy holds nothing at all
 */
export function meetStore(
  { storeId, storeIsEmpty, mayCarry }: Pick<Hello, 'storeId' | 'storeIsEmpty' | 'mayCarry'>,
  team: string | null,
  isEmptyHere: boolean,
): StoreMeeting {
  if (storeId === team) return { type: 'own' };
  if (team === null && isEmptyHere) return { type: 'join' };
  if (storeIsEmpty) return { type: 'ask', kind: mayCarry ? 'fill' : 'wait-for-others' };
  return { type: 'ask', kind: mayCarry ? 'merge' : 'take-theirs' };
}
