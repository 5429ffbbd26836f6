import { isPublicHost } from '#shared/model/public-host.ts';
import { isNamed, plainHost } from './local-sources.ts';

/** Answers with the addresses of a host's name; fails where there are none. */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

export type AddressFence = (url: string, localHosts: readonly string[]) => Promise<boolean>;

/** So long what a name resolved to is believed, and so many names are remembered. */
const BELIEVED_MS = 20_000;
const MAX_REMEMBERED = 2_000;

/** What comes from this machine's memory, or from the page itself, leads nowhere. */
const HARMLESS = new Set(['data:', 'blob:', 'about:', 'devtools:', 'streamwall:', 'chrome-error:']);
const OF_THE_WEB = new Set(['http:', 'https:', 'ws:', 'wss:']);

/**
 * Whether something shown on the wall may ask an address: the public internet, and beyond it only hosts that were
 * allowed. A public name that leads to a private address counts as private.
 */
export function createAddressFence(resolve: ResolveHost, nowMs: () => number): AddressFence {
  const known = new Map<string, { readonly isPublic: Promise<boolean>; readonly atMs: number }>();
  const leadsOutside = async (host: string): Promise<boolean> => {
    const before = known.get(host);
    if (before !== undefined && nowMs() - before.atMs < BELIEVED_MS) return before.isPublic;
    const isPublic = resolve(host).then(
      (addresses) => addresses.every((address) => isPublicHost(inUrl(address))),
      () => {
        // Nothing will be reached, and the browser says it better than a fence. The next answer may be another.
        if (known.get(host) === asked) known.delete(host);
        return true;
      },
    );
    const asked = { isPublic, atMs: nowMs() };
    known.delete(host);
    known.set(host, asked);
    const oldest = known.keys().next();
    if (known.size > MAX_REMEMBERED && oldest.done === false) known.delete(oldest.value);
    return isPublic;
  };
  return async (url, localHosts) => {
    if (!URL.canParse(url)) return false;
    const { protocol, hostname } = new URL(url);
    if (HARMLESS.has(protocol)) return true;
    if (!OF_THE_WEB.has(protocol)) return false;
    const host = plainHost(hostname);
    if (isNamed(host, localHosts)) return true;
    if (!isPublicHost(host)) return false;
    return isLiteral(host) || leadsOutside(host);
  };
}

const isLiteral = (host: string): boolean => host.startsWith('[') || /^[\d.]+$/.test(host);

/** An address as it stands in a URL. One of IPv6 that stands for one of IPv4 counts as that. */
function inUrl(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return address.includes(':') ? `[${address}]` : address;
}
