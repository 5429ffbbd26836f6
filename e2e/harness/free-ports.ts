import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * The first of two ports in a row that nobody holds, below those that a system gives to whoever asks for any: what is
 * stopped and started again finds them free again.
 */
export async function findFreePorts(): Promise<number> {
  for (;;) {
    const port = 10_000 + 2 * randomInt(10_000);
    if ((await isFree(port)) && (await isFree(port + 1))) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
