import pino from 'pino';
import type { Logger } from '#shared/kernel/logger.ts';
import type { ServerConfig } from './config.ts';

/** One JSON object a line, on standard error: standard output is for what somebody waits for. */
export function createJsonLogger(level: ServerConfig['logLevel']): Logger {
  const logger = pino(
    { level, base: { pid: process.pid }, serializers: { error: describe } },
    pino.destination({ dest: 2, sync: true }),
  );
  return {
    info: (message, details = {}) => logger.info(details, message),
    warn: (message, details = {}) => logger.warn(details, message),
    error: (message, details = {}) => logger.error(details, message),
  };
}

function describe(error: unknown): unknown {
  return error instanceof Error ? pino.stdSerializers.err(error) : error;
}
