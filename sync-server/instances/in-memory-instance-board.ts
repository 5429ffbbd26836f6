import { randomUUID } from 'node:crypto';
import type { Clock } from '#shared/kernel/clock.ts';
import { INSTANCE_TTL_MS, PAST_TTL_MS, type InstanceBoard, type InstanceReport } from './instance-board.ts';

type Slot = {
  report: InstanceReport;
  atMs: number;
  isGone: boolean;
  readonly listeners: ((connection: string) => void)[];
};

/**
 * The board of instances that live in one process: for a server that runs alone, and for tests.
 * @returns makes the board of one instance after another
 */
export function createInMemoryInstanceBoards(clock: Clock): () => InstanceBoard {
  const slots = new Map<string, Slot>();
  const isHere = ({ isGone, atMs }: Slot): boolean => !isGone && clock.nowMs() - atMs < INSTANCE_TTL_MS;
  return () => {
    const id = randomUUID();
    const listeners: Slot['listeners'] = [];
    const others = () => {
      for (const [name, { atMs }] of slots) if (clock.nowMs() - atMs >= PAST_TTL_MS) slots.delete(name);
      return [...slots].filter(([name]) => name !== id);
    };
    return {
      id,
      put: (report) => void slots.set(id, { report, atMs: clock.nowMs(), isGone: false, listeners }),
      others: async () =>
        Promise.resolve({
          instances: others()
            .filter(([, slot]) => isHere(slot))
            .map(
              ([
                name,
                {
                  report: { startedAtMs, health, clients },
                },
              ]) => ({
                ...{ id: name, startedAtMs, health, clients },
              }),
            ),
          pasts: others().map(([, { report }]) => report.samples),
        }),
      isAnyDown: async (part) =>
        Promise.resolve(
          others().some(([, slot]) => isHere(slot) && slot.report.health[part]?.state === 'down'),
        ),
      disconnect: async (instance, connection) => {
        const slot = slots.get(instance);
        if (slot === undefined || !isHere(slot)) return Promise.resolve(false);
        for (const listener of slot.listeners) listener(connection);
        return Promise.resolve(true);
      },
      onDisconnect: (listener) => void listeners.push(listener),
      leave: async () => {
        const slot = slots.get(id);
        if (slot !== undefined) slots.set(id, { ...slot, isGone: true });
        return Promise.resolve();
      },
    };
  };
}
