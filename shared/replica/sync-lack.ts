import * as Y from 'yjs';

/**
 * Whether a server lacks something that is here, apart from own edits that are about to be sent: it was lost there, or was never
 * there. Deletions do not show in this.
 * @param here what this copy holds, as a state vector
 * @param there what the server holds; one that cannot be read lacks nothing
 * @param unsent own edits that the server has not saved
 */
export function doesServerLack(here: Uint8Array, there: Uint8Array, unsent: readonly Uint8Array[]): boolean {
  try {
    return lacks(here, there, unsent);
  } catch {
    return false;
  }
}

function lacks(here: Uint8Array, there: Uint8Array, unsent: readonly Uint8Array[]): boolean {
  const theirs = Y.decodeStateVector(there);
  const own = unsent.map((update) => Y.parseUpdateMeta(update));
  for (const [client, end] of Y.decodeStateVector(here)) {
    let covered = theirs.get(client) ?? 0;
    if (covered >= end) continue;
    for (const { from, to } of own) {
      const [first, after] = [from.get(client), to.get(client)];
      if (first !== undefined && after !== undefined && first <= covered) covered = Math.max(covered, after);
    }
    if (covered < end) return true;
  }
  return false;
}

/** Whether a state vector is that of an empty document. @throws when it cannot be read */
export const holdsNothing = (stateVector: Uint8Array): boolean => Y.decodeStateVector(stateVector).size === 0;
