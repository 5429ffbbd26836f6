import { Router } from 'express';
import type { Clock } from '#shared/kernel/clock.ts';

/** How one thing that the server depends on is doing. */
export type Health = { readonly state: 'ok' | 'degraded' | 'down'; readonly note?: string };

export type HealthParts = {
  /** Each dependency by name. */
  readonly examine: () => Promise<Readonly<Record<string, Health>>>;
  readonly metrics: () => Promise<{ readonly contentType: string; readonly text: string }>;
  readonly clock: Clock;
};

/** Whether the server lives, whether it is ready, and its numbers; StreamSource's three paths among them. */
export function healthRoutes({ examine, metrics, clock }: HealthParts): Router {
  const router = Router();
  const overall = async () => {
    const parts = await examine();
    const states = Object.values(parts).map(({ state }) => state);
    const state = states.includes('down') ? 'down' : states.includes('degraded') ? 'degraded' : 'ok';
    return { state, parts } as const;
  };
  router.get('/healthz', (_request, response) => {
    response.type('text/plain').send('ok\n');
  });
  router.get('/readyz', async (_request, response) => {
    const answer = await overall();
    response.status(answer.state === 'down' ? 503 : 200).json(answer);
  });
  router.get('/metrics', async (_request, response) => {
    const { contentType, text } = await metrics();
    response.type(contentType).send(text);
  });
  router.get('/health', (_request, response) => {
    const timestamp = new Date(clock.nowMs()).toISOString();
    response.json({ status: 'healthy', timestamp, version: '1.0.0' });
  });
  router.get('/health/live', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/health/ready', async (_request, response) => {
    const { state } = await overall();
    if (state === 'down') response.status(503).json({ status: 'not ready', error: 'database' });
    else response.json({ status: 'ready', database: 'connected' });
  });
  return router;
}
