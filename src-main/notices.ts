import type { Notice } from '#shared/protocol/ipc-contract.ts';
import type { ReplicaDatabase } from '#shared/replica/open-replica-database.ts';

/** What the person at this desk should know, until they dismiss it. */
export type Notices = {
  readonly list: () => readonly Notice[];
  readonly dismiss: (id: string) => void;
};

/** @param own what this start found out; the store's own notices stay in the store until they are dismissed */
export function createNotices(
  store: Pick<ReplicaDatabase, 'notices' | 'dismissNotice'>,
  own: readonly Notice[],
): Notices {
  let mine = own;
  return {
    list: () => [
      ...store.notices().map(({ id, words }) => ({ id, words, tone: 'warning' as const })),
      ...mine,
    ],
    dismiss: (id) => {
      if (mine.some((notice) => notice.id === id)) mine = mine.filter((notice) => notice.id !== id);
      else store.dismissNotice(id);
    },
  };
}
