import type { Logger } from '#shared/kernel/logger.ts';
import type { ServerMetrics } from '../metrics/server-metrics.ts';
import type { ConnectionWatch } from './connection-parts.ts';

/** Counts how connections end, and leaves a line in the log about each that comes, goes or is closed, and why. */
export function watchConnections(counts: ServerMetrics['connection'], logger: Logger): ConnectionWatch {
  return {
    came: (who) => logger.info('connected', { ...who }),
    left: (who) => logger.info('disconnected', { ...who }),
    closed: (reason, who) => {
      counts.closed(reason);
      logger.info('closed a connection', { reason, ...who });
    },
    cutOff: (backlogBytes, who) => {
      counts.cutOff();
      logger.warn('cut off a reader that does not read', { backlogBytes, ...who });
    },
    broken: (error) => logger.warn('a connection broke', { error: String(error) }),
  };
}
