import type { Logger } from '#shared/kernel/logger.ts';

/**
 * A page that does not load is an ordinary thing on a wall, told where it belongs; Electron prints a warning of the
 * process for each. All other warnings go to the log.
 */
export function quietWarnings(from: NodeJS.EventEmitter, log: Logger): void {
  // Node prints by a listener of its own.
  from.removeAllListeners('warning');
  from.on('warning', (warning: Error) => {
    if (isFailedLoad(warning)) return;
    log.warn(`${warning.name}: ${warning.message}`);
  });
}

const isFailedLoad = ({ name, message }: Error): boolean =>
  name === 'electron' && message.startsWith('Failed to load URL');
