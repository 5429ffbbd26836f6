import { connect } from 'node:net';

export type DisplayPlace =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number };

const X_BASE_PORT = 6000;
const ANSWER_TIMEOUT_MS = 2_000;

/** Where the X display of that name listens: `:0` and `:0.0` on this machine, `host:10` over the network. */
export function readDisplayName(name: string): DisplayPlace | undefined {
  const match = /^(?:unix)?([^:/]*):(\d+)(?:\.\d+)?$/.exec(name);
  if (match === null) return undefined;
  const number = Number(match[2]);
  const host = match[1] ?? '';
  return host === ''
    ? { kind: 'socket', path: `/tmp/.X11-unix/X${number}` }
    : { kind: 'tcp', host, port: X_BASE_PORT + number };
}

export type FoundDisplay =
  | { readonly kind: 'usable'; readonly name: string }
  /** One is named, but nobody answers there. */
  | { readonly kind: 'dead'; readonly name: string }
  | { readonly kind: 'none' };

/** The display that windows would open on. Systems other than Linux have one, or Electron says so itself. */
export async function findDisplay(env: NodeJS.ProcessEnv, platform: string): Promise<FoundDisplay> {
  if (platform !== 'linux') return { kind: 'usable', name: platform };
  const name = env['DISPLAY'];
  if (name === undefined || name === '') return { kind: 'none' };
  const place = readDisplayName(name);
  if (place === undefined) return { kind: 'dead', name };
  return (await answers(place)) ? { kind: 'usable', name } : { kind: 'dead', name };
}

function answers(place: DisplayPlace): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = place.kind === 'socket' ? connect(place.path) : connect(place.port, place.host);
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(ANSWER_TIMEOUT_MS, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
