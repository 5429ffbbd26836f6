import type { Replica } from '#shared/replica/replica.ts';
import { createSyncClient, type SyncClient } from '#shared/replica/sync-client.ts';
import { openNodeSocket, systemTimers } from '#shared/replica/sync-websocket.ts';

/** Where the team's server is, and the service key that this bot has there. */
export type TeamServer = { readonly url: string; readonly key: string };

export function connectToTeam({ url, key }: TeamServer, replica: Replica): SyncClient {
  return createSyncClient({
    ...{ replica, server: url, openSocket: openNodeSocket, timers: systemTimers },
    credentials: () => Promise.resolve({ token: key }),
  });
}
