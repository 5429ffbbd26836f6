import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { ServerConfig } from './config.ts';
import type { Timers } from './documents/timers.ts';
import { createWaitingApp } from './gateway/waiting-app.ts';
import { createWebServer, type WebServer } from './gateway/web-server.ts';
import { openWhenThere } from './open-when-there.ts';

type Parts = { readonly clock: Clock; readonly timers: Timers; readonly logger: Logger };

/**
 * Opens what Postgres keeps, once it answers. Until then whoever asks the server hears that it lives, and what it waits for:
 * else whatever watches over it would start it again and again.
 */
export async function waitForPostgres<T>(
  open: () => Promise<T>,
  config: ServerConfig,
  parts: Parts,
): Promise<T> {
  let note = '';
  let stopAnswering: (() => Promise<void>) | undefined;
  const say = (why: string): void => {
    note = `${why}; the server starts when it answers`;
    console.error(`Waiting for the database: ${note}.`);
    stopAnswering ??= answerMeanwhile(() => note, config, parts);
  };
  try {
    return await openWhenThere(open, { ...parts, say });
  } finally {
    await stopAnswering?.();
  }
}

/** @returns how to give the address free again */
function answerMeanwhile(note: () => string, config: ServerConfig, parts: Parts): () => Promise<void> {
  // Of a port that nobody knows nobody asks.
  if (config.port === 0) return async () => Promise.resolve();
  const examine = () => ({ postgres: { state: 'down', note: note() } }) as const;
  const listening = listen(createWaitingApp(examine, parts.clock), config, parts);
  // What is wrong with the address or the certificate ends the server when it starts.
  listening.catch((error: unknown) => parts.logger.warn('cannot tell that it waits', { error }));
  return async () => {
    const server = await listening.catch(() => undefined);
    await server?.close();
  };
}

async function listen(
  app: ReturnType<typeof createWaitingApp>,
  { tls, host, port }: ServerConfig,
  parts: Parts,
): Promise<WebServer> {
  const server = await createWebServer(app, tls, parts);
  try {
    await server.listen(host, port);
    return server;
  } catch (error) {
    await server.close();
    throw error;
  }
}
