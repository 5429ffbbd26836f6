const MAX_SERVERS = 8;

/** The helpers that a WHEP server names in its `Link` header: `<turn:a.example>; rel="ice-server"; username="u"; credential="c"`. */
export function readIceServers(header: string): readonly RTCIceServer[] {
  return [
    ...header.matchAll(/<((?:stun|turns?):[^>\s]{1,300})>((?:\s*;\s*[\w-]+\s*=\s*(?:"[^"]*"|[^\s,;"]+))*)/g),
  ]
    .map(([, urls = '', parameters = '']) => ({ urls, read: readParameters(parameters) }))
    .filter(({ read }) => read.get('rel') === 'ice-server')
    .slice(0, MAX_SERVERS)
    .map(({ urls, read }) => {
      const [username, credential] = [read.get('username'), read.get('credential')];
      return {
        urls,
        ...(username === undefined || credential === undefined ? {} : { username, credential }),
      };
    });
}

function readParameters(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/;\s*([\w-]+)\s*=\s*(?:"([^"]*)"|([^\s,;"]+))/g)].map(
      ([, name = '', quoted, plain = '']) => [name.toLowerCase(), quoted ?? plain],
    ),
  );
}
