import express, { type Express, type NextFunction, type Request, type Response } from 'express';

/** How one thing that the server depends on is doing. */
export type Health = { readonly state: 'ok' | 'degraded' | 'down'; readonly note?: string };

export type HttpParts = {
  /** Each dependency by name. */
  readonly examine: () => Promise<Readonly<Record<string, Health>>>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  readonly onError: (error: unknown) => void;
};

/** What the server says over HTTP: whether it lives, whether it is ready, and its numbers. */
export function createHttpApp({ examine, metrics, onError }: HttpParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.get('/healthz', (_request, response) => {
    response.type('text/plain').send('ok\n');
  });
  app.get('/readyz', async (_request, response) => {
    const parts = await examine();
    const states = Object.values(parts).map(({ state }) => state);
    const state = states.includes('down') ? 'down' : states.includes('degraded') ? 'degraded' : 'ok';
    response.status(state === 'down' ? 503 : 200).json({ state, parts });
  });
  app.get('/metrics', async (_request, response) => {
    const { contentType, text } = await metrics();
    response.type(contentType).send(text);
  });
  app.use((_request, response) => {
    response.status(404).json({ error: 'not-found' });
  });
  // Express knows an error handler by its four parameters.
  app.use((error: unknown, _request: Request, response: Response, _next: NextFunction) => {
    onError(error);
    response.status(500).json({ error: 'internal' });
  });
  return app;
}
