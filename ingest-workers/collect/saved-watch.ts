import type { SyncState } from '#shared/protocol/sync-state.ts';
import type { ReplicaSync } from '#shared/replica/replica-sync.ts';

/** Tells when what was sent so far has the server's answer: saved, or refused and taken back. */
export type SavedWatch = {
  /** Resolves at once while the replica works alone: there what is on disk is saved. */
  readonly settled: () => Promise<void>;
  readonly stop: () => void;
};

/** What is needed of a sync client. */
export type SyncProgress = {
  readonly state: () => SyncState;
  readonly onState: (listener: (state: SyncState) => void) => () => void;
};

type Ticket = { n: number; readonly resolve: () => void };

/**
 * Edits are answered in the order of their numbers: with the lowest number that is unsaved, all lower ones are settled.
 * After a refusal what remains is sent again under new, higher numbers.
 */
export async function watchSaved(
  sync: Pick<ReplicaSync, 'unsaved' | 'onUnsaved'>,
  progress: SyncProgress,
): Promise<SavedWatch> {
  let tickets: Ticket[] = [];
  let highest = 0;
  let isAsking = false;
  let isNews = false;

  const stopEdits = sync.onUnsaved(({ document, added, replaced }) => {
    if (document !== 'catalogue') return;
    for (const { n } of added) highest = Math.max(highest, n);
    if (replaced) for (const ticket of tickets) ticket.n = highest;
  });
  const ask = async (): Promise<void> => {
    isAsking = true;
    while (isNews && tickets.length > 0) {
      isNews = false;
      const unsaved = await sync.unsaved('catalogue');
      if (!unsaved.ok) continue;
      const lowest = unsaved.value.reduce((least, { n }) => Math.min(least, n), Infinity);
      const settled = tickets.filter(({ n }) => n < lowest);
      tickets = tickets.filter(({ n }) => n >= lowest);
      for (const { resolve } of settled) resolve();
    }
    isAsking = false;
  };
  const look = () => {
    const { type } = progress.state().line;
    if (type !== 'in-step' && type !== 'syncing') return;
    isNews = true;
    if (!isAsking) void ask();
  };
  const stopStates = progress.onState(look);
  const before = await sync.unsaved('catalogue');
  if (before.ok) highest = before.value.reduce((most, { n }) => Math.max(most, n), highest);
  return {
    settled: () =>
      new Promise((resolve) => {
        tickets.push({ n: highest, resolve });
        look();
      }),
    stop() {
      stopEdits();
      stopStates();
    },
  };
}

/** For a worker without a server. */
export const savedOnDisk: SavedWatch = { settled: () => Promise.resolve(), stop: () => undefined };
