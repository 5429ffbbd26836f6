import type { ServedDocument } from '../documents/document-name.ts';
import type { RoomDocument } from '../documents/room-document.ts';
import type { UpdateLog } from '../documents/update-log.ts';
import type { HistoryChange } from './document-history.ts';
import { readPast } from './read-history.ts';
import { watchEdits } from './read-edits.ts';

/** Reads on, again and again, what new updates of a document do. Keeps the document in memory between two readings. */
export type EditFollower = {
  /**
   * What the updates above `after` did, at most `limit`; `forgotten` when they are not kept any more.
   * @throws {LogUnavailable}
   */
  readonly read: (after: number, limit: number) => Promise<readonly HistoryChange[] | 'forgotten'>;
  readonly close: () => void;
};

type Open = { readonly past: RoomDocument; readonly watch: ReturnType<typeof watchEdits> };

export function createEditFollower(served: ServedDocument, log: UpdateLog): EditFollower {
  let open: Open | undefined;
  const close = (): void => {
    open?.past.doc.destroy();
    open = undefined;
  };
  const openAt = async (after: number): Promise<Open | undefined> => {
    if (open?.past.known === after) return open;
    close();
    const past = await readPast(log, served, after);
    if (past === undefined) return undefined;
    past.known = after;
    open = { past, watch: watchEdits(past.doc, served.roots) };
    return open;
  };
  return {
    close,
    read: async (after, limit) => {
      const now = await openAt(after);
      if (now === undefined) return 'forgotten';
      const changes: HistoryChange[] = [];
      for (const row of await log.read(served.name, after, limit)) {
        const { number, actor, atMs, carried } = row;
        if (number !== now.past.known + 1) {
          close();
          return 'forgotten';
        }
        now.past.takeStored([row]);
        now.past.known = number;
        changes.push({ number, actor, atMs, carried, edits: now.watch.take() });
      }
      return changes;
    },
  };
}
