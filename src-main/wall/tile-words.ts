import type { TileFault } from '#shared/protocol/tile-report.ts';
import { retryAtMsOf, type TileLife } from './tile-lifecycle.ts';

/** What happened, as whole sentences for a person. */
const faultWords: Readonly<Record<TileFault, string>> = {
  'page-not-found': 'The page was not found.',
  'no-media': 'The page has no video.',
  'login-needed': 'The page asks for a login. Open the page to log in.',
  network: 'The stream does not answer.',
  blocked: 'The site does not let it be shown here.',
  'private-address':
    'It lies in a private network. The owner of the wall’s machine can allow its host in STREAMWALL_LOCAL_HOSTS.',
  crashed: 'The page crashed.',
  'out-of-memory': 'The page used up its memory.',
  timeout: 'It takes too long to load.',
  unsupported: 'This kind of media cannot be played here.',
};

/** Why a tile does not play; empty while it plays or loads for the first time. */
export function reasonWords(life: TileLife): string {
  switch (life.state) {
    case 'playing':
    case 'parked':
      return '';
    case 'loading':
    case 'waiting':
      return life.lastFault === null ? '' : `${faultWords[life.lastFault]} Trying again now.`;
    case 'stalled':
      return 'The picture stands still.';
    case 'offline':
      return 'The broadcast has ended.';
    case 'retrying':
    case 'failed':
      return faultWords[life.fault];
  }
}

/** The reason, and when it is tried again: "The page has no video. Trying again in 4 s." */
export function tileWords(life: TileLife, nowMs: number): string {
  const retryAtMs = retryAtMsOf(life);
  const reason = reasonWords(life);
  if (retryAtMs === null) return reason;
  const seconds = Math.max(1, Math.ceil((retryAtMs - nowMs) / 1000));
  return `${reason} Trying again in ${String(seconds)} s.`;
}
