import type { TileFault } from '#shared/protocol/tile-report.ts';

/** What an HTTP status of the page itself says; null where the page is there. */
export function statusFault(status: number): TileFault | null {
  if (status < 400) return null;
  if (status === 404 || status === 410) return 'page-not-found';
  if (status === 401 || status === 407) return 'login-needed';
  if (status === 403 || status === 451) return 'blocked';
  return 'network';
}

/** What one of Chromium's network errors says; null for a load that something newer replaced. */
export function loadFault(code: number): TileFault | null {
  if (code === -3) return null;
  if (code === -7 || code === -118) return 'timeout';
  // Only our own fence of addresses ends a request like this.
  if (code === -20) return 'private-address';
  // Certificates, and answers that the browser or the site forbids.
  const isForbidden = (code <= -200 && code > -300) || [-22, -27, -311].includes(code);
  return isForbidden ? 'blocked' : 'network';
}

export function goneFault(reason: string): TileFault {
  return reason === 'oom' ? 'out-of-memory' : 'crashed';
}
