import type { TileFault } from '#shared/protocol/tile-report.ts';
import { httpFault } from './http-fault.ts';

const MANIFEST_CANNOT_BE_READ = 10;

/** @param error as dash.js tells it: a number, or a code with what the server answered */
export function dashFault(error: unknown): TileFault {
  const code = numberAt(error, 'code');
  if (code === MANIFEST_CANNOT_BE_READ || code === 31 || code === 32) return 'no-media';
  const status = numberAt(at(at(error, 'data'), 'response'), 'status');
  if (status !== undefined) return httpFault(status);
  if (code !== undefined && code >= 100 && code < 120) return 'blocked';
  return code !== undefined && [20, 34, 35, 36, 37].includes(code) ? 'unsupported' : 'network';
}

const at = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null && key in value
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;

function numberAt(value: unknown, key: string): number | undefined {
  const found = at(value, key);
  return typeof found === 'number' ? found : undefined;
}
