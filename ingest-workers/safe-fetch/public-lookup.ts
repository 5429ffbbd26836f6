import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPublicHost } from '#shared/model/public-host.ts';

/** All addresses of a name; rejects with the system's error if there is none. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

/** The name leads into a private network: somebody wants us to knock at a door that they cannot reach themselves. */
export class PrivateAddressError extends Error {
  readonly code = 'EPRIVATE';
}

/**
 * A lookup for a connection that only ever answers with public addresses. The connection goes to what is answered here, so
 * a name cannot be public when it is checked and private when it is used.
 */
export function createPublicLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const open = addresses.filter(isPublicAddress).filter(ofFamily(options.family));
        const [first] = open;
        if (first === undefined) {
          callback(new PrivateAddressError(`${hostname} leads to no public address`), '', 0);
        } else if (options.all === true) callback(null, open.slice());
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), '', 0),
    );
  };
}

const isPublicAddress = ({ address, family }: LookupAddress) =>
  isPublicHost(family === 6 ? `[${address}]` : address);

function ofFamily(family: number | string | undefined): (address: LookupAddress) => boolean {
  const wanted = family === 'IPv4' ? 4 : family === 'IPv6' ? 6 : family;
  return (address) => wanted === undefined || wanted === 0 || address.family === wanted;
}
