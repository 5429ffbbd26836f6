import { session, type Session } from 'electron';
import { fenceRequests, isLocalNetworkPermission, type Admissions } from './fence-requests.ts';
import { isServiceWorkerScript } from './service-worker-script.ts';

/** Where the sites' cookies and log-ins are kept, for all tiles alike. */
export const SITES_PARTITION = 'persist:sites';

/**
 * What a page on the wall may do. Not named, and so not allowed, whatever the page tries: dialogs and printing, windows
 * of its own, downloads, holding the pointer, leading its outermost page elsewhere from within a frame. The browser
 * itself sees to it, in every document, before any script runs.
 */
const PAGE_POLICY = [
  'sandbox',
  'allow-scripts',
  'allow-same-origin',
  'allow-forms',
  'allow-presentation',
  'allow-storage-access-by-user-activation',
].join(' ');

/** The session of other people's pages, and which of its contents are tiles. */
export type SitesSession = {
  readonly session: Session;
  /** From now on a document in these contents is a tile's, and fenced as such. @returns how to end it */
  readonly fence: (contentsId: number, localHosts: () => readonly string[]) => () => void;
  /** A person went there, to log in. */
  readonly visited: (url: string) => void;
  /** These contents are a person's, who looks at a page in a window. @returns how to end it */
  readonly admit: Admissions['admit'];
};

/** Pages are shown, and get nothing else. */
export function openSitesSession(nowMs: () => number, visited: SitesSession['visited']): SitesSession {
  const sites = session.fromPartition(SITES_PARTITION);
  const tiles = new Set<number>();
  const { admit } = fenceRequests(sites, nowMs);
  sites.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(isLocalNetworkPermission(permission));
  });
  sites.setPermissionCheckHandler((_contents, permission) => isLocalNetworkPermission(permission));
  sites.setDevicePermissionHandler(() => false);
  sites.on('will-download', (event) => {
    event.preventDefault();
  });
  // What a site's own worker answers with comes past us, and would be without the policy.
  sites.webRequest.onBeforeSendHeaders(({ requestHeaders }, answer) => {
    answer({ cancel: isServiceWorkerScript(requestHeaders) });
  });
  sites.webRequest.onHeadersReceived(
    { urls: ['<all_urls>'], types: ['mainFrame', 'subFrame'] },
    ({ responseHeaders = {}, webContentsId }, answer) => {
      const isTile = webContentsId !== undefined && tiles.has(webContentsId);
      answer(isTile ? { responseHeaders: withPolicy(responseHeaders) } : {});
    },
  );
  return {
    session: sites,
    visited,
    admit,
    fence: (contentsId, localHosts) => {
      const end = admit(contentsId, localHosts);
      tiles.add(contentsId);
      return () => {
        end();
        tiles.delete(contentsId);
      };
    },
  };
}

/** Several policies hold at once: the page's own stays as it is. */
function withPolicy(headers: Readonly<Record<string, string[]>>): Record<string, string[]> {
  const name =
    Object.keys(headers).find((each) => each.toLowerCase() === 'content-security-policy') ??
    'Content-Security-Policy';
  return { ...headers, [name]: [...(headers[name] ?? []), PAGE_POLICY] };
}
