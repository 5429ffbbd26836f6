import type { Logger } from '#shared/kernel/logger.ts';
import type { Timers } from '../documents/timers.ts';
import { Handle } from '../accounts/handle.ts';
import type { SignIn } from '../accounts/sign-in.ts';
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
  /**
   * Has instances that lost the database let go whoever may not come in any more, or not as what they are there.
   * @throws {LogUnavailable} when it does not answer here either
   */
  readonly letGoElsewhere: (rights: SignIn['rights']) => Promise<void>;
  /** Reports to the others from now on. @returns how to stop */
  readonly start: () => () => Promise<void>;
};

type Parts = {
  readonly board: InstanceBoard;
  /** The part of an instance's health that rights hang on. */
  readonly database: string;
  /** This instance, as it is now. */
  readonly report: () => InstanceReport;
  readonly disconnect: (connection: string) => boolean;
  readonly revoke: (handle: Handle) => void;
  readonly timers: Timers;
  readonly logger: Logger;
};

export function createFleet(parts: Parts): Fleet {
  const { board, report, disconnect, revoke, timers, logger } = parts;
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
    letGoElsewhere: async (rights) => letGoElsewhere(parts, rights),
    start: () => {
      board.onDisconnect((who) => {
        const handle = Handle.safeParse(who);
        if (handle.success) revoke(handle.data);
        else disconnect(who);
      });
      tell();
      const perform = async (): Promise<void> => Promise.resolve(tell());
      return repeatInTurn(
        { name: 'the report', everyMs: REPORT_MS, perform, close: async () => board.leave() },
        { timers, logger },
      );
    },
  };
}

async function letGoElsewhere({ board, database }: Parts, rights: SignIn['rights']): Promise<void> {
  if (!(await board.isAnyDown(database))) return;
  const { instances = [] } = (await board.others()) ?? {};
  for (const { id, clients } of instances.filter(({ health }) => health[database]?.state === 'down')) {
    const now = await rights([...new Set(clients.map(({ handle }) => handle))]);
    const gone = clients.filter(({ handle, role }) => now.get(handle)?.role !== role);
    for (const handle of new Set(gone.map((client) => client.handle))) await board.disconnect(id, handle);
  }
}
