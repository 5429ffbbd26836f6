import { EventEmitter } from 'node:events';
import { systemClock } from '#shared/kernel/clock.ts';
import { ToStatusWorker, type FromStatusWorker } from '#shared/protocol/status-worker-messages.ts';
import { createJsonLogger } from '../json-logger.ts';
import { createSafeFetch } from '../safe-fetch/create-safe-fetch.ts';
import { systemTimers } from '../timers.ts';
import { createRoutes } from './create-routes.ts';
import { createStatusChecker } from './create-status-checker.ts';
import { openPush } from './open-push.ts';
import { readStatusSettings } from './status-settings.ts';
import { createToldCatalogue } from './told-catalogue.ts';

/**
 * The status checker of a desk that has no server. The desk starts this file as a process of its own (Node's fork, or
 * Electron's utility process), tells it the catalogue, and writes what it sends back. It ends when the desk does.
 */
const port = findPort();
const settings = readStatusSettings(process.env);
if (!settings.ok) {
  console.error(settings.error);
  process.exit(2);
}
const { keys, localOrigins, standIns, policy } = settings.value;
const web = createSafeFetch({ clock: systemClock, localOrigins, standIns });
const tools = { fetch: web.fetch, clock: systemClock };
const catalogue = createToldCatalogue(port.tell);
let checker: ReturnType<typeof createStatusChecker> | undefined;
const start = () =>
  createStatusChecker({
    name: 'desk',
    catalogue,
    presence: {
      show: (state) => {
        if (state !== null) port.tell({ type: 'shows', checker: state.checker, reads: [...state.reads] });
      },
      others: () => new Map(),
    },
    routes: createRoutes(tools, keys),
    push: openPush(tools, settings.value),
    policy,
    clock: systemClock,
    timers: systemTimers,
    random: Math.random,
    logger: createJsonLogger({ worker: 'status' }),
  });

port.onMessage((message) => {
  const read = ToStatusWorker.safeParse(message);
  if (!read.success) return;
  if (read.data.type === 'check-now') checker?.checkNow(read.data.ids);
  else catalogue.hear(read.data);
  if (read.data.type === 'catalogue') checker ??= start();
});
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
port.tell({ type: 'ready' });

type Port = {
  readonly tell: (message: FromStatusWorker) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
};

/** Electron's utility processes have a port of their own; other children have Node's. */
function findPort(): Port {
  const parent: unknown = 'parentPort' in process ? process.parentPort : undefined;
  if (parent instanceof EventEmitter && 'postMessage' in parent && typeof parent.postMessage === 'function') {
    const { postMessage } = parent;
    return {
      tell: (message) => void Reflect.apply(postMessage, parent, [message]),
      onMessage: (listener) => parent.on('message', (event: { data?: unknown }) => listener(event.data)),
    };
  }
  return {
    tell: (message) => process.send?.(message),
    onMessage: (listener) => process.on('message', listener),
  };
}
