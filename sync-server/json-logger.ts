import pino from 'pino';
import type { Logger } from '#shared/kernel/logger.ts';
import type { ServerConfig } from './config.ts';

/** One JSON object a line, on standard error: standard output is for what somebody waits for. */
export function createJsonLogger(level: ServerConfig['logLevel']): Logger {
  const logger = pino(
    {
      ...{ level, base: { pid: process.pid }, serializers: { error: describe } },
      hooks: { streamWrite: hideSecrets },
    },
    pino.destination({ dest: 2, sync: true }),
  );
  return {
    info: (message, details = {}) => logger.info(details, message),
    warn: (message, details = {}) => logger.warn(details, message),
    error: (message, details = {}) => logger.error(details, message),
  };
}

/** Keys, tokens, tickets and invitations, wherever they stand in a line; and passwords in addresses of databases. */
export function hideSecrets(line: string): string {
  return line
    .replace(/\b(sw[krit]_[a-z0-9]{12})_[A-Za-z0-9_-]{43}/g, '$1_…')
    .replace(/\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g, 'eyJ…')
    .replace(/(\w:\/\/[^:@/\s"]*):[^@/\s"]+@/g, '$1:…@');
}

function describe(error: unknown): unknown {
  return error instanceof Error ? pino.stdSerializers.err(error) : error;
}
