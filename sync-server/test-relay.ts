import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** For tests: a way to a server that can be cut while everybody else goes on reaching it. */
export type TestRelay = {
  /** The same address, by this way. */
  readonly url: string;
  readonly cut: () => void;
  readonly mend: () => void;
  readonly end: () => void;
};

/** @param url of something that listens on a port of this machine */
export async function startTestRelay(url: string): Promise<TestRelay> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => undefined);
      one.once('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
    if (isCut) near.destroy();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const by = new URL(url);
  [by.hostname, by.port] = ['127.0.0.1', String((server.address() as AddressInfo).port)];
  const cut = (): void => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    ...{ url: by.href, cut, mend: () => void (isCut = false) },
    end: () => {
      cut();
      server.close();
    },
  };
}
