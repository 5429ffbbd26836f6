import type { ConnectedClient } from '../gateway/connected-client.ts';
import type { Health } from '../gateway/health-routes.ts';
import type { ActivitySample } from '../metrics/recent-activity.ts';

/** What an instance says of itself. */
export type InstanceReport = {
  readonly startedAtMs: number;
  /** Each dependency by name, as this instance meets it. */
  readonly health: Readonly<Record<string, Health>>;
  readonly clients: readonly ConnectedClient[];
  /** Of the last hour at most, the oldest first. */
  readonly samples: readonly ActivitySample[];
};

export type ReportedInstance = Omit<InstanceReport, 'samples'> & { readonly id: string };

export type Others = {
  /** Those that run now. */
  readonly instances: readonly ReportedInstance[];
  /** What happened in the last hour, instance by instance, also at those that have ended since. */
  readonly pasts: readonly (readonly ActivitySample[])[];
};

/**
 * How the instances of one server know who is connected to the others, and let them go. Nothing here is durable. Who does
 * not report again within `INSTANCE_TTL_MS` counts as gone.
 */
export type InstanceBoard = {
  /** Of this instance, in every report and for the others. */
  readonly id: string;
  /** Says how this instance is now. Does not wait. */
  put(report: InstanceReport): void;
  /** All but this one. @returns undefined when it cannot be known now */
  others(): Promise<Others | undefined>;
  /** Whether any other says now that a part of it does not work. Costs much less than asking for all of them. */
  isAnyDown(part: string): Promise<boolean>;
  /** Asks another instance to let go a connection, or all that hang on a handle. @returns whether that instance heard it */
  disconnect(instance: string, who: string): Promise<boolean>;
  /** Is asked to let a connection of this instance go, or all that hang on a handle. */
  onDisconnect(listener: (who: string) => void): void;
  /** This instance ends. */
  leave(): Promise<void>;
};

export const INSTANCE_TTL_MS = 10_000;
/** How long what happened at an instance is known after it ended. */
export const PAST_TTL_MS = 3_600_000;
