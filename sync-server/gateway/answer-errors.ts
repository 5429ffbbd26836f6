import type { ErrorRequestHandler, RequestHandler } from 'express';
import { z } from 'zod';
import { PasswordsBusy } from '../accounts/argon2-passwords.ts';
import { LogUnavailable } from '../documents/update-log.ts';
import { HttpRefusal, refusals, type ErrorBody } from './http-refusal.ts';

/** What body-parser and the router throw at what a client sent. */
const ClientError = z.object({ status: z.number().int().min(400).max(499), type: z.string().optional() });

const BUSY_RETRY_MS = 2_000;

export const answerNotFound: RequestHandler = (_request, _response, next) => {
  next(refusals.notFound());
};

/** Every error becomes an answer of the one shape; only a bug is a 500, whose words stay in the log. */
export function answerErrors(onError: (error: unknown, requestId: string) => void): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const refusal = refusalOf(error);
    if (refusal.status === 500) onError(error, String(response.getHeader('x-request-id')));
    if (response.headersSent) {
      next(error);
      return;
    }
    const { status, code, message, details, retryAfterMs, report } = refusal;
    if (retryAfterMs !== undefined) response.set('retry-after', String(Math.ceil(retryAfterMs / 1_000)));
    if (status === 401) response.set('www-authenticate', 'Bearer');
    const body: ErrorBody = {
      ...{ error: message, code },
      ...(details === undefined ? {} : { details }),
      ...(code === 'maintenance' ? { maintenance: true } : {}),
      ...(report === undefined ? {} : { report }),
    };
    response.status(status).json(body);
  };
}

function refusalOf(error: unknown): HttpRefusal {
  if (error instanceof HttpRefusal) return error;
  if (error instanceof LogUnavailable) return refusals.unavailable();
  if (error instanceof PasswordsBusy)
    return new HttpRefusal(503, 'busy', 'Too many people sign in right now. Try again in a moment.', {
      retryAfterMs: BUSY_RETRY_MS,
    });
  const client = ClientError.safeParse(error);
  if (!client.success) return new HttpRefusal(500, 'internal', 'Something went wrong on the server.');
  switch (client.data.type) {
    case 'entity.parse.failed':
      return new HttpRefusal(400, 'malformed', 'The body is not JSON.');
    case 'entity.too.large':
      return new HttpRefusal(413, 'too-large', 'The body is too large.');
    default:
      return new HttpRefusal(client.data.status, 'malformed', 'The request cannot be read.');
  }
}
