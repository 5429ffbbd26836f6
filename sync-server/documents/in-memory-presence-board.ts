import type { Clock } from '#shared/kernel/clock.ts';
import type { ToldPresence } from './fan-out.ts';
import { PRESENCE_TTL_MS, type PresenceBoard } from './presence-board.ts';
import { isGone } from './presence-entries.ts';

/** The board of instances that live in one process: for a server that runs alone, and for tests. */
export function createInMemoryPresenceBoard(clock: Clock): PresenceBoard {
  const documents = new Map<string, Map<number, ToldPresence & { readonly untilMs: number }>>();
  return {
    put: (document, entries) => {
      const here = documents.get(document) ?? new Map<number, ToldPresence & { readonly untilMs: number }>();
      const untilMs = clock.nowMs() + PRESENCE_TTL_MS;
      for (const entry of entries) {
        if (isGone(entry.state)) here.delete(entry.client);
        else here.set(entry.client, { ...entry, untilMs });
      }
      if (here.size === 0) documents.delete(document);
      else documents.set(document, here);
    },
    list: async (document) => {
      const entries = [...(documents.get(document)?.values() ?? [])];
      const nowMs = clock.nowMs();
      return Promise.resolve(
        entries
          .filter(({ untilMs }) => untilMs > nowMs)
          .map(({ client, clock: at, state, actor }) => ({ client, clock: at, state, actor })),
      );
    },
  };
}
