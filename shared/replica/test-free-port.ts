import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/** Above 10080, from which browsers take nothing. */
const LOWEST = 10_100;

/**
 * A port of 127.0.0.1 that nothing listens on, below those that a system gives to whoever asks for any: a program that is
 * stopped and started again finds it free again.
 * @param count how many in a row are to be free
 * @returns the first of them
 */
export async function freePort(count = 1): Promise<number> {
  for (;;) {
    const first = LOWEST + randomInt(20_000);
    const found = await Promise.all(Array.from({ length: count }, async (_, index) => isFree(first + index)));
    if (found.every(Boolean)) return first;
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
