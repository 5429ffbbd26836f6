import { session, type Session } from 'electron';

const PLAYER_PARTITION = 'streamwall-player';

/**
 * The player pages' own session, kept in memory: no cookies of anybody's, no log-ins. Nothing else loads through it, so
 * what is opened here is opened to our own player alone.
 *
 * Our player reads playlists and segments by script, which a browser allows only where the host agrees (CORS). Hosts of
 * media seldom say so. Every answer to a request of this session is therefore marked as open to all; requests never carry
 * credentials, so nothing private can be read this way.
 */
export function openPlayerSession(): Session {
  const player = session.fromPartition(PLAYER_PARTITION);
  player.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  player.setPermissionCheckHandler(() => false);
  player.on('will-download', (event) => {
    event.preventDefault();
  });
  player.webRequest.onHeadersReceived({ urls: ['http://*/*', 'https://*/*'] }, (details, answer) => {
    const responseHeaders = openToPlayer(details.responseHeaders ?? {});
    answer(
      details.method === 'OPTIONS'
        ? { responseHeaders, statusLine: 'HTTP/1.1 204 No Content' }
        : { responseHeaders },
    );
  });
  return player;
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
    'Access-Control-Allow-Methods': ['GET, HEAD'],
  };
}
