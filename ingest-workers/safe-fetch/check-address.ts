import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { isPublicHost } from '#shared/model/public-host.ts';
import { MAX_LINK_LENGTH } from '#shared/model/stream.ts';
import { hopFailure, type FetchRequest, type HopFailure } from './fetch-types.ts';

/** What the owner of this machine allows beyond the public web. */
export type LocalAddresses = Readonly<{
  /** Origins of this machine and its network that may be asked, for instance a camera: `http://192.168.1.20:8080`. */
  localOrigins: ReadonlySet<string>;
  /** Public hosts that are played by a server on this machine, for rehearsals and tests: host to loopback origin. */
  standIns: ReadonlyMap<string, URL>;
}>;

/** Where to connect to for one hop. */
export type Destination = Readonly<{
  url: URL;
  /** Connect here in place of `url`; its host is still named in the request. */
  standIn: URL | undefined;
  /** The owner named it, so its address need not be public. */
  isLocal: boolean;
}>;

/** Whether an address may be asked at all, by its text. What its name resolves to is checked when connecting. */
export function checkAddress(
  text: string,
  request: Pick<FetchRequest, 'allowHost' | 'http' | 'anyPort'>,
  local: LocalAddresses,
): Result<Destination, HopFailure> {
  if (text.length > 2 * MAX_LINK_LENGTH || !URL.canParse(text))
    return fail(hopFailure('bad-address', 'That is not a web address.'));
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return fail(
      hopFailure('bad-address', `Only web addresses are asked, not “${url.protocol.slice(0, 20)}”.`),
    );
  if (url.username !== '' || url.password !== '')
    return fail(hopFailure('credentials', 'An address may not hold a user name or password.'));
  url.hash = '';
  const host = url.hostname.replace(/\.$/, '');
  if (request.allowHost !== undefined && !request.allowHost(host))
    return fail(hopFailure('host-not-allowed', `${host} is not among the hosts that may be asked here.`));
  if (local.localOrigins.has(url.origin)) return ok({ url, standIn: undefined, isLocal: true });
  if (url.protocol === 'http:' && request.http !== true)
    return fail(hopFailure('not-https', `${host} is asked over https only.`));
  if (url.port !== '' && request.anyPort !== true)
    return fail(hopFailure('port', `Port ${url.port} of ${host} is not asked.`));
  if (!isPublicHost(host))
    return fail(hopFailure('private-address', `${host} is not on the public internet.`));
  return ok({ url, standIn: local.standIns.get(host), isLocal: false });
}

/**
 * Reads what the owner allows. Throws on a text that is no origin, and on a stand-in that is not on this machine: both
 * are mistakes in the configuration, to be found at the start.
 */
export function readLocalAddresses(
  localOrigins: readonly string[],
  standIns: Readonly<Record<string, string>>,
): LocalAddresses {
  const players = Object.entries(standIns).map(([host, origin]) => {
    const url = new URL(origin);
    if (!isLoopback(url.hostname)) throw new Error(`a stand-in must be on this machine: ${origin}`);
    return [host.toLowerCase(), url] as const;
  });
  return {
    localOrigins: new Set(localOrigins.map((text) => new URL(text).origin)),
    standIns: new Map(players),
  };
}

const isLoopback = (hostname: string) =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname);
