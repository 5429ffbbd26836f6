import { hopFailure, type HopFailure } from './fetch-types.ts';

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Says in a person's words what went wrong on the way to `host`. */
export function describeError(error: unknown, host: string): HopFailure {
  const code = codeOf(error);
  if (code === 'EPRIVATE')
    return hopFailure('private-address', `${host} leads into a private network; it is not asked.`);
  if (code === 'ENOTFOUND' || code === 'ENODATA')
    return hopFailure('no-such-host', `There is no host called ${host}.`, true);
  if (code === 'EAI_AGAIN') return hopFailure('unreachable', 'Names cannot be looked up just now.', true);
  if (/^(?:CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO|ERR_SSL)/.test(code))
    return hopFailure('bad-certificate', `${host} could not prove that it is ${host} (${code}).`, true);
  if (/^(?:Z_|ERR_BUFFER|ERR__ERROR|ERR_PADDING|ERR_BROTLI|ERR_STREAM|ERR__|HPE_)/.test(code))
    return hopFailure('broken-answer', `The answer of ${host} could not be read (${code}).`, true);
  if (code === 'ECONNRESET' || code === 'EPIPE')
    return hopFailure('broken-answer', `${host} broke off in the middle of its answer.`, true);
  return hopFailure('unreachable', `${host} cannot be reached${code === '' ? '' : ` (${code})`}.`, true);
}
