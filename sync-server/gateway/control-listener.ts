import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { z } from 'zod';
import { ControlAnswer, ControlCommand } from '../commands/command.ts';
import type { Holder } from '../data-folder-lock.ts';

/** A document with a long history fits. */
const MAX_BODY = 512 * 1_048_576;

/**
 * Lets the command line on this machine ask a server that holds the database: an HTTP listener on the loopback, on a port
 * that the lock of the data folder names, for whoever may read that lock.
 * @param run answers a command; while it is undefined the server is still starting, and only says that it lives
 * @param listensAt where clients find the server, once it listens
 */
export async function listenForControl(
  secret: string,
  run: () => ((command: ControlCommand) => Promise<ControlAnswer>) | undefined,
  listensAt: () => string | undefined = () => undefined,
): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      if (!isSameText(request.headers.authorization ?? '', `Bearer ${secret}`))
        return void response.writeHead(401).end();
      if (request.method === 'GET')
        return void response.writeHead(200).end(JSON.stringify({ url: listensAt() }));
      const command = ControlCommand.safeParse(JSON.parse(await readBody(request)));
      const perform = run();
      if (!command.success) return void response.writeHead(400).end();
      if (perform === undefined) return void response.writeHead(503).end();
      return void response.writeHead(200).end(JSON.stringify(await perform(command.data)));
    };
    answer().catch(() => response.writeHead(500).end());
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${String(port)}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Whether the holder of a lock still runs. One that takes a connection and does not answer is busy, not dead. */
export async function isHolderAlive({ controlUrl, secret }: Holder): Promise<boolean> {
  try {
    const response = await fetch(controlUrl, {
      headers: { authorization: `Bearer ${secret}` },
      signal: AbortSignal.timeout(5_000),
    });
    return response.ok;
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError';
  }
}

const Address = z.object({ url: z.url() });

/** Where the holder of a lock listens for clients. Undefined when it does not yet, or does not say. */
export async function askAddress({ controlUrl, secret }: Holder): Promise<string | undefined> {
  try {
    const response = await fetch(controlUrl, {
      headers: { authorization: `Bearer ${secret}` },
      signal: AbortSignal.timeout(5_000),
    });
    return Address.safeParse(await response.json()).data?.url;
  } catch {
    return undefined;
  }
}

/**
 * A server that is still starting is asked again until it has opened its store.
 * @param waitMs how long that may take
 * @throws when it cannot be asked or does not do it
 */
export async function askHolder(
  { controlUrl, secret }: Holder,
  command: ControlCommand,
  waitMs = 60_000,
): Promise<ControlAnswer> {
  const deadline = AbortSignal.timeout(waitMs);
  for (;;) {
    const response = await fetch(controlUrl, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}` },
      body: JSON.stringify(command),
      signal: AbortSignal.timeout(300_000),
    });
    if (response.ok) return ControlAnswer.parse(await response.json());
    if (response.status !== 503) throw new Error(`The running server answered ${String(response.status)}.`);
    if (deadline.aborted) throw new Error('The running server is still starting. Try again in a moment.');
    await setTimeout(ASK_AGAIN_MS);
  }
}

const ASK_AGAIN_MS = 100;

const isSameText = (a: string, b: string): boolean => {
  const [one, two] = [Buffer.from(a), Buffer.from(b)];
  return one.length === two.length && timingSafeEqual(one, two);
};

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!(chunk instanceof Buffer)) throw new Error('not bytes');
    length += chunk.length;
    if (length > MAX_BODY) throw new Error('too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address !== null && typeof address === 'object') resolve(address.port);
    });
  });
}
