import type { Logger } from '#shared/kernel/logger.ts';

/** One JSON object a line, on standard error. `always` is in each of them. */
export function createJsonLogger(always: Readonly<Record<string, unknown>>): Logger {
  const write =
    (level: string) =>
    (message: string, details: Readonly<Record<string, unknown>> = {}) => {
      const line = { time: new Date().toISOString(), level, ...always, message, ...details };
      process.stderr.write(`${JSON.stringify(line)}\n`);
    };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}
