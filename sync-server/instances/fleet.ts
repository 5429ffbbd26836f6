import type { Logger } from '#shared/kernel/logger.ts';
import type { Timers } from '../documents/timers.ts';
import type { ConnectedClient } from '../gateway/connected-client.ts';
import type { ActivitySample } from '../metrics/recent-activity.ts';
import { repeatInTurn } from '../repeat-in-turn.ts';
import type { InstanceBoard, InstanceReport, ReportedInstance } from './instance-board.ts';
import { mergeActivity } from './merge-activity.ts';

const REPORT_MS = 1_000;

export type FleetView = {
  /** This one first. */
  readonly instances: readonly ReportedInstance[];
  readonly activity: readonly ActivitySample[];
  /** Whether there may be others of which nothing is known now. */
  readonly mayLack: boolean;
};

export type FleetClient = ConnectedClient & { readonly instance: string };

/** All instances of this server, as any of them sees them. */
export type Fleet = {
  readonly id: string;
  readonly look: () => Promise<FleetView>;
  readonly clients: () => Promise<{ readonly clients: readonly FleetClient[]; readonly mayLack: boolean }>;
  /** Lets a client go that does not come back by itself. @returns whether its instance heard it */
  readonly disconnect: (client: Pick<FleetClient, 'id' | 'instance'>) => Promise<boolean>;
  /** Reports to the others from now on. @returns how to stop */
  readonly start: () => () => Promise<void>;
};

type Parts = {
  readonly board: InstanceBoard;
  /** This instance, as it is now. */
  readonly report: () => InstanceReport;
  readonly disconnect: (connection: string) => boolean;
  readonly timers: Timers;
  readonly logger: Logger;
};

export function createFleet({ board, report, disconnect, timers, logger }: Parts): Fleet {
  const tell = (): void => board.put(report());
  const look = async (): Promise<FleetView> => {
    const [own, others] = [report(), await board.others()];
    return {
      instances: [{ ...own, id: board.id }, ...(others?.instances ?? [])],
      activity: mergeActivity([own.samples, ...(others?.pasts ?? [])]),
      mayLack: others === undefined,
    };
  };
  return {
    id: board.id,
    look,
    clients: async () => {
      const { instances, mayLack } = await look();
      const clients = instances.flatMap((one) =>
        one.clients.map((client) => ({ ...client, instance: one.id })),
      );
      return { clients, mayLack };
    },
    disconnect: async ({ id, instance }) =>
      instance === board.id ? disconnect(id) : board.disconnect(instance, id),
    start: () => {
      board.onDisconnect((connection) => void disconnect(connection));
      tell();
      const perform = async (): Promise<void> => Promise.resolve(tell());
      return repeatInTurn(
        { name: 'the report', everyMs: REPORT_MS, perform, close: async () => board.leave() },
        { timers, logger },
      );
    },
  };
}
