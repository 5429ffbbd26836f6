import type { StoredSite } from '#shared/protocol/stored-site.ts';

/** A cookie as far as it matters here. */
export type KeptCookie = {
  /** With or without a dot in front. */
  readonly domain: string;
  /** Seconds since 1970; absent where it goes with the program. */
  readonly expiresAtS: number | undefined;
};

/**
 * Puts what was stored together by site, sorted by name. Which name is a site's is not in the data: of names that were
 * stored, the shortest that another ends with stands for both.
 * @param storageHosts hosts that keep more than cookies
 * @param openedHosts hosts that a person opened to log in
 */
export function groupSites(
  cookies: readonly KeptCookie[],
  storageHosts: readonly string[],
  openedHosts: readonly string[],
): readonly StoredSite[] {
  const domains = cookies.map(({ domain }) => plain(domain));
  const hosts = new Set([...domains, ...storageHosts, ...openedHosts]);
  const sites = new Map<string, StoredSite>();
  const at = (host: string): StoredSite => {
    const site = siteOf(host, hosts);
    return sites.get(site) ?? { site, cookies: 0, hasStorage: false, wasOpened: false, untilMs: null };
  };
  for (const { domain, expiresAtS } of cookies) {
    const known = at(plain(domain));
    const untilMs =
      expiresAtS === undefined ? known.untilMs : Math.max(known.untilMs ?? 0, expiresAtS * 1000);
    sites.set(known.site, { ...known, cookies: known.cookies + 1, untilMs });
  }
  for (const host of storageHosts) {
    const known = at(host);
    sites.set(known.site, { ...known, hasStorage: true });
  }
  for (const host of openedHosts) {
    const known = at(host);
    sites.set(known.site, { ...known, wasOpened: true });
  }
  return [...sites.values()].toSorted((a, b) => (a.site < b.site ? -1 : 1));
}

/** Whether a host, or a cookie's domain, is the site or lies beneath it. */
export const belongsTo = (host: string, site: string): boolean =>
  plain(host) === site || plain(host).endsWith(`.${site}`);

const plain = (domain: string): string => domain.replace(/^\./, '').toLowerCase();

function siteOf(host: string, hosts: ReadonlySet<string>): string {
  const labels = host.split('.');
  // A single word is nobody's site but its own: `com` stores nothing.
  for (let length = 2; length < labels.length; length++) {
    const parent = labels.slice(-length).join('.');
    if (hosts.has(parent)) return parent;
  }
  return host;
}
