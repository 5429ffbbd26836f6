import { Router } from 'express';
import { z } from 'zod';
import { isoTime } from '../account-shapes.ts';
import type { ConnectedClient } from '../connected-client.ts';
import { refusals } from '../http-refusal.ts';
import { readQuery } from '../read-request.ts';
import { noteChange } from '../../audit/note-change.ts';
import type { AdminParts } from './admin-parts.ts';

const HOUR_MS = 3_600_000;
export const OverviewQuery = z.object({ hours: z.coerce.number().int().min(1).max(168).default(24) });

/** How the server is doing, and who is there. */
export function overviewRoutes(parts: AdminParts): Router {
  const { door, clock, fleet } = parts;
  const router = Router();

  router.get('/admin/overview', async (request, response) => {
    await door.admin(request);
    const { hours } = readQuery(OverviewQuery, request);
    const { instances, activity, mayLack } = await fleet.look();
    const clients = instances.flatMap((one) => one.clients);
    const isPerson = ({ actor }: ConnectedClient): boolean => actor.startsWith('user:');
    const actors = (some: readonly ConnectedClient[]): number => new Set(some.map(({ actor }) => actor)).size;
    const maintenance = parts.flags.maintenance();
    response.json({
      started_at: isoTime(instances.find(({ id }) => id === fleet.id)?.startedAtMs ?? clock.nowMs()),
      now: isoTime(clock.nowMs()),
      health: await parts.examine(),
      maintenance: maintenance === undefined ? null : maintenance.words,
      connected: {
        people: actors(clients.filter(isPerson)),
        bots: actors(clients.filter((client) => !isPerson(client))),
        walls: clients.filter(({ isWall }) => isWall).length,
        connections: clients.length,
      },
      instances: instances.map((one) => ({
        ...{ id: one.id, is_this: one.id === fleet.id, started_at: isoTime(one.startedAtMs) },
        ...{ health: one.health, connections: one.clients.length },
      })),
      // While the others cannot be asked, all of this is of this instance.
      may_lack_instances: mayLack,
      activity: activity.map(({ atMs, ...sample }) => ({ at: isoTime(atMs), ...sample })),
      discovery: await readDiscovery(parts, hours),
    });
  });

  router.get('/admin/connections', async (request, response) => {
    await door.admin(request);
    const { clients, mayLack } = await fleet.clients();
    const shown = clients.map(({ isWall, sinceMs, name, handle: _handle, ...client }) => ({
      ...client,
      ...{ name: name ?? null, wall: isWall, since: isoTime(sinceMs) },
    }));
    response.json({ connections: shown, may_lack_instances: mayLack });
  });

  /** It does not come back by itself; a person may open the page again. */
  router.delete('/admin/connections/:id', async (request, response) => {
    await door.admin(request);
    const { clients } = await fleet.clients();
    const client = clients.find(({ id }) => id === request.params.id);
    if (client === undefined || !(await fleet.disconnect(client))) throw refusals.notFound();
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
