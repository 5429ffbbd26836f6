import { assertNever } from '#shared/kernel/assert-never.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import { LogUnavailable } from '../../documents/update-log.ts';
import { EditHeld, EditRefused } from '../../projection/rest-peer.ts';
import { refusePaused } from '../hold-writes.ts';
import { HttpRefusal, refusals } from '../http-refusal.ts';

/** What a document's refusal is over HTTP; what is so already counts as done. @throws {HttpRefusal} */
export function orRefuse(done: { ok: true } | { ok: false; error: Refusal }, field = 'base'): void {
  if (done.ok || done.error.reason === 'unchanged') return;
  throw refusalOf(done.error, field);
}

export function refusalOf({ reason, message }: Refusal, field = 'base'): HttpRefusal {
  switch (reason) {
    case 'not-found':
      return refusals.notFound();
    case 'forbidden':
      return new HttpRefusal(403, 'forbidden', message);
    case 'limit':
      return new HttpRefusal(422, 'limit', message);
    case 'too-old':
    case 'not-stored':
      return new HttpRefusal(503, 'unavailable', message, { retryAfterMs: 5_000 });
    case 'invalid':
    case 'unchanged':
      return new HttpRefusal(422, 'invalid', message, { details: { [field]: [message] } });
    default:
      return assertNever(reason);
  }
}

/** What went wrong, as the API says it; undefined for what is no refusal but a bug. */
export function readFailure(error: unknown): HttpRefusal | undefined {
  if (error instanceof HttpRefusal) return error;
  if (error instanceof EditHeld && (error.reason === 'maintenance' || error.reason === 'switched-off'))
    return refusePaused({ reason: error.reason, words: '' }, 0);
  if (error instanceof LogUnavailable) return refusals.unavailable();
  if (!(error instanceof EditRefused)) return undefined;
  const { reason } = error.refusal;
  if (reason === 'forbidden-root') return refusals.forbidden();
  if (reason === 'document-full' || reason === 'too-large')
    return new HttpRefusal(422, 'limit', 'The catalogue is full. Remove or archive streams first.');
  return new HttpRefusal(503, 'unavailable', 'That could not be saved. Try again.', { retryAfterMs: 1_000 });
}

/** @throws what went wrong, as the API says it */
export function translateFailure(error: unknown): never {
  throw readFailure(error) ?? error;
}
