/** Names that never leave a machine or a house. */
const privateEndings = [
  '.localhost',
  '.local',
  '.internal',
  '.lan',
  '.home',
  '.corp',
  '.intranet',
  '.home.arpa',
];

/**
 * Whether a host, as `URL.hostname` gives it, can lie in the public internet by its looks alone: not this machine, not a
 * private network, not a bare word. A public name may still *resolve* to a private address; only a resolver can tell.
 */
export function isPublicHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  if (host.startsWith('[')) return isPublicIpv6(host.slice(1, -1));
  const ipv4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host);
  if (ipv4) return isPublicIpv4(ipv4.slice(1).map(Number));
  return host.includes('.') && !privateEndings.some((ending) => host.endsWith(ending));
}

function isPublicIpv4([a = 0, b = 0, c = 0]: readonly number[]): boolean {
  if (a === 0 || a === 10 || a === 127 || a >= 224) return false;
  if (a === 100 && b >= 64 && b <= 127) return false;
  if (a === 169 && b === 254) return false;
  if (a === 172 && b >= 16 && b <= 31) return false;
  if (a === 192 && (b === 168 || (b === 0 && (c === 0 || c === 2)))) return false;
  if (a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) return false;
  return !(a === 203 && b === 0 && c === 113);
}

/** Only global unicast (2000::/3), without the ranges that carry an IPv4 address or are for documents. */
function isPublicIpv6(address: string): boolean {
  const first = Number.parseInt(address.split(':', 1)[0] || '0', 16);
  if (first < 0x2000 || first > 0x3fff || first === 0x2002) return false;
  return !/^2001:(?::|0:|db8:)/.test(address);
}
