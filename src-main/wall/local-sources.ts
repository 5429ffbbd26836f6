import type { StreamView } from '#shared/document/view.ts';
import { isPublicHost } from '#shared/model/public-host.ts';
import { demoPortOf } from '../first-wall.ts';

/** What the owner of this machine says about sources that lie on it, or in the network around it. */
export type LocalRules = {
  /** Hosts that anybody may put on the wall: `192.168.1.20`, `camera.lan`, `10.0.*` for all that begin so. */
  readonly hosts: readonly string[];
  /** Nobody else writes into this desk's catalogue: whatever its person added, they meant. */
  readonly isAlone: boolean;
};

/** `host` is the private one that a tile with this stream may reach; null: it lies in the public internet. */
export type LocalAccess =
  { readonly isAllowed: true; readonly host: string | null } | { readonly isAllowed: false };

/** Who can only have been this desk's own person, or its first start. */
const OWN: ReadonlySet<string> = new Set(['desk', 'rule:first-wall']);

/** Whether a stream may be shown here, as far as that depends on where it lies. */
export function localAccess(
  { link, addedBy }: Pick<StreamView, 'link' | 'addedBy'>,
  { hosts, isAlone }: LocalRules,
): LocalAccess {
  const host = plainHost(new URL(link).hostname);
  if (isPublicHost(host)) return { isAllowed: true, host: null };
  const isOwn = isAlone && addedBy !== undefined && OWN.has(addedBy);
  if (isOwn || isNamed(host, hosts) || demoPortOf(link) !== undefined) return { isAllowed: true, host };
  return { isAllowed: false };
}

export function isNamed(host: string, hosts: readonly string[]): boolean {
  return hosts.some((each) =>
    // `192.168.1.somewhere.org` begins so, too, and leads wherever its owner likes.
    each.endsWith('*') ? !isPublicHost(host) && host.startsWith(each.slice(0, -1)) : host === each,
  );
}

/** A dot at the end of a name says nothing. */
export const plainHost = (hostname: string): string => hostname.toLowerCase().replace(/\.$/, '');
