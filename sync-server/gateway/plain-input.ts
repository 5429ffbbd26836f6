import express, { type RequestHandler } from 'express';
import { refusals } from './http-refusal.ts';

/** What no database holds, and nobody types: it is left out of what somebody sends, wherever it stands. */
const NUL = '\0';

/** Reads JSON; of its texts, halves of signs are replaced, as everywhere where text is kept. */
export const readPlainJson = (limit: string): RequestHandler =>
  express.json({
    limit,
    strict: false,
    reviver: (_name, value: unknown) =>
      typeof value === 'string' ? Buffer.from(value).toString().replaceAll(NUL, '') : value,
  });

/** Nothing is called by such a path; a query means the same without it. */
export const plainAddress: RequestHandler = (request, _response, next) => {
  const [path = '', ...query] = request.url.split('?');
  if (path.includes('%00')) throw refusals.notFound();
  if (query.length > 0) request.url = `${path}?${query.join('?').replaceAll('%00', '')}`;
  next();
};
