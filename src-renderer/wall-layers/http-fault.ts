import type { TileFault } from '#shared/protocol/tile-report.ts';

/** What an answer other than "here it is" says. 0 stands for none. */
export function httpFault(status: number): TileFault {
  if (status === 404 || status === 410) return 'page-not-found';
  if (status === 401) return 'login-needed';
  if (status === 403 || status === 451) return 'blocked';
  if (status === 413) return 'unsupported';
  return 'network';
}
