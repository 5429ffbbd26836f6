import express, { type Express } from 'express';
import type { Clock } from '#shared/kernel/clock.ts';
import { LogUnavailable } from '../documents/update-log.ts';
import { answerErrors } from './answer-errors.ts';
import { healthRoutes, type Health } from './health-routes.ts';

/** What a server says over HTTP that cannot do its work yet: that it lives, and what it waits for. */
export function createWaitingApp(examine: () => Readonly<Record<string, Health>>, clock: Clock): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use((_request, response, next) => {
    // The server itself takes over the address soon.
    response.set('connection', 'close');
    next();
  });
  const metrics = async () => Promise.resolve({ contentType: 'text/plain', text: '' });
  app.use(healthRoutes({ examine: async () => Promise.resolve(examine()), metrics, clock }));
  app.use((_request, _response, next) => next(new LogUnavailable('not there yet')));
  app.use(answerErrors(() => undefined));
  return app;
}
