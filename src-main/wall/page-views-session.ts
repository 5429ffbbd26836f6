import { session, type Session } from 'electron';

/** Where the sites' cookies and log-ins are kept, for all tiles alike. */
export const SITES_PARTITION = 'persist:sites';

/** The session of other people's pages: they are shown, and get nothing else. */
export function openSitesSession(): Session {
  const sites = session.fromPartition(SITES_PARTITION);
  sites.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  sites.setPermissionCheckHandler(() => false);
  sites.setDevicePermissionHandler(() => false);
  sites.on('will-download', (event) => {
    event.preventDefault();
  });
  return sites;
}
