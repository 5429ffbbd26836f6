import { session, type Session } from 'electron';
import { fenceRequests, isLocalNetworkPermission, type Admissions } from './fence-requests.ts';

export type PlayerSession = { readonly session: Session; readonly admit: Admissions['admit'] };

const PLAYER_PARTITION = 'streamwall-player';

/**
 * The player pages' own session, kept in memory: no cookies of anybody's, no log-ins. Nothing else loads through it, so
 * what is opened here is opened to our own player alone.
 *
 * Our player reads playlists and segments by script, which a browser allows only where the host agrees (CORS). Hosts of
 * media seldom say so. Answers to what a player page asked for are therefore marked as open to it; requests never carry
 * credentials, so nothing private can be read this way.
 */
export function openPlayerSession(nowMs: () => number): PlayerSession {
  const player = session.fromPartition(PLAYER_PARTITION);
  player.setPermissionRequestHandler((_contents, permission, answer) => {
    answer(isLocalNetworkPermission(permission) || permission === 'speaker-selection');
  });
  // The names of sound outputs are told only to whoever may use a microphone; to be asked for one is refused above.
  player.setPermissionCheckHandler(
    (_contents, permission) =>
      isLocalNetworkPermission(permission) ||
      permission === 'media' ||
      String(permission) === 'speaker-selection',
  );
  player.on('will-download', (event) => {
    event.preventDefault();
  });
  const { admit, isAdmitted } = fenceRequests(player, nowMs);
  player.webRequest.onHeadersReceived({ urls: ['http://*/*', 'https://*/*'] }, (details, answer) => {
    if (!isAdmitted(details.webContentsId)) {
      answer({});
      return;
    }
    const responseHeaders = openToPlayer(details.responseHeaders ?? {});
    answer(
      details.method === 'OPTIONS'
        ? { responseHeaders, statusLine: 'HTTP/1.1 204 No Content' }
        : { responseHeaders },
    );
  });
  return { session: player, admit };
}

function openToPlayer(headers: Readonly<Record<string, string[]>>): Record<string, string[]> {
  const kept = Object.entries(headers).filter(
    ([name]) => !/^(?:access-control-|cross-origin-resource-policy$|set-cookie$)/i.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    'Access-Control-Allow-Origin': ['*'],
    'Access-Control-Expose-Headers': ['*'],
    'Access-Control-Allow-Headers': ['*, Range'],
    'Access-Control-Allow-Methods': ['GET, HEAD, POST, PATCH, DELETE'],
  };
}
