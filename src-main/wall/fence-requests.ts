import type { Session } from 'electron';
import { createAddressFence } from './address-fence.ts';

/** Who of a session's contents is known, and which private hosts each may reach. */
export type Admissions = {
  /** @param localHosts asked at each request @returns how to end it */
  readonly admit: (contentsId: number, localHosts: () => readonly string[]) => () => void;
  readonly isAdmitted: (contentsId: number | undefined) => boolean;
};

/**
 * Holds every request of a session against the fence of addresses, redirects too. Whoever was not admitted reaches the
 * public internet only.
 */
export function fenceRequests(session: Session, nowMs: () => number): Admissions {
  const admitted = new Map<number, () => readonly string[]>();
  const mayAsk = createAddressFence(
    async (host) => (await session.resolveHost(host)).endpoints.map(({ address }) => address),
    nowMs,
  );
  session.webRequest.onBeforeRequest(({ url, webContentsId }, answer) => {
    const hosts = webContentsId === undefined ? undefined : admitted.get(webContentsId);
    mayAsk(url, hosts?.() ?? []).then(
      (may) => {
        answer({ cancel: !may });
      },
      () => {
        answer({ cancel: true });
      },
    );
  });
  return {
    admit: (contentsId, localHosts) => {
      admitted.set(contentsId, localHosts);
      return () => admitted.delete(contentsId);
    },
    isAdmitted: (contentsId) => contentsId !== undefined && admitted.has(contentsId),
  };
}

/**
 * Newer browsers ask before a page reaches into the local network. The fence above has decided that already, for each
 * address by itself.
 */
export const isLocalNetworkPermission = (permission: string): boolean =>
  ['local-network', 'local-network-access', 'loopback-network'].includes(permission);
