import { Router } from 'express';
import { z } from 'zod';
import { isoTime } from '../account-shapes.ts';
import type { ConnectedClient } from '../connected-client.ts';
import { refusals } from '../http-refusal.ts';
import { readQuery } from '../read-request.ts';
import { noteChange } from '../../audit/note-change.ts';
import type { AdminParts } from './admin-parts.ts';

const HOUR_MS = 3_600_000;
const OverviewQuery = z.object({ hours: z.coerce.number().int().min(1).max(168).default(24) });

/** How the server is doing, and who is there. */
export function overviewRoutes(parts: AdminParts): Router {
  const { door, clock, connected } = parts;
  const router = Router();

  router.get('/admin/overview', async (request, response) => {
    await door.admin(request);
    const { hours } = readQuery(OverviewQuery, request);
    const clients = connected.list();
    const isPerson = ({ actor }: ConnectedClient): boolean => actor.startsWith('user:');
    const actors = (some: readonly ConnectedClient[]): number => new Set(some.map(({ actor }) => actor)).size;
    const maintenance = parts.flags.maintenance();
    response.json({
      started_at: isoTime(parts.startedAtMs),
      now: isoTime(clock.nowMs()),
      health: await parts.examine(),
      maintenance: maintenance === undefined ? null : maintenance.words,
      connected: {
        people: actors(clients.filter(isPerson)),
        bots: actors(clients.filter((client) => !isPerson(client))),
        walls: clients.filter(({ isWall }) => isWall).length,
        connections: clients.length,
      },
      activity: parts.activity.samples().map(({ atMs, ...sample }) => ({ at: isoTime(atMs), ...sample })),
      discovery: await readDiscovery(parts, hours),
    });
  });

  router.get('/admin/connections', async (request, response) => {
    await door.admin(request);
    const shown = connected.list().map(({ isWall, sinceMs, name, ...client }) => ({
      ...client,
      ...{ name: name ?? null, wall: isWall, since: isoTime(sinceMs) },
    }));
    response.json({ connections: shown });
  });

  /** It does not come back by itself; a person may open the page again. */
  router.delete('/admin/connections/:id', async (request, response) => {
    await door.admin(request);
    const client = connected.list().find(({ id }) => id === request.params.id);
    if (client === undefined || !connected.disconnect(client.id)) throw refusals.notFound();
    const { actor: target, document, address } = client;
    noteChange(request, { action: 'admin.disconnected', target, after: { document, address } });
    response.status(204).end();
  });
  return router;
}

/** How many streams were added in each hour, also in those without any. */
async function readDiscovery({ auditStore, clock }: AdminParts, hours: number) {
  const thisHour = clock.nowMs() - (clock.nowMs() % HOUR_MS);
  const sinceMs = thisHour - (hours - 1) * HOUR_MS;
  const what = { action: 'added', target: 'catalogue/streams' };
  const counts = await auditStore.counts({ ...what, sinceMs, stretchMs: HOUR_MS });
  return Array.from({ length: hours }, (_, hour) => {
    const atMs = sinceMs + hour * HOUR_MS;
    return { at: isoTime(atMs), added: counts.get(atMs) ?? 0 };
  });
}
