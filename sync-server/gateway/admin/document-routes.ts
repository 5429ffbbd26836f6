import { Router, type Request } from 'express';
import { z } from 'zod';
import { arrangementOf } from '#shared/document/copy-wall.ts';
import type { WallCommand } from '#shared/document/command.ts';
import type { Result } from '#shared/kernel/result.ts';
import { WallId } from '#shared/model/ids.ts';
import type { Account } from '../../accounts/access.ts';
import { noteChange } from '../../audit/note-change.ts';
import { exportDocument } from '../../documents/export-document.ts';
import { createDocumentHistory } from '../../history/read-history.ts';
import { isoTime } from '../account-shapes.ts';
import { HttpRefusal, refusals } from '../http-refusal.ts';
import { readBody, readQuery } from '../read-request.ts';
import type { AdminParts } from './admin-parts.ts';
import { findDocument, orForgotten } from './find-document.ts';

export const PastQuery = z.object({ number: z.coerce.number().int().min(0) });
export const RestoreBody = z.object({ number: z.number().int().min(1) });
export const HistoryQuery = z.object({
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const DocumentExportQuery = z.object({ form: z.enum(['json', 'yjs']).default('json') });

export type ActOnWall = (
  wall: WallId,
  account: Account,
  command: WallCommand,
) => Promise<Result<unknown, { readonly message: string }>>;

/** @property act undefined where nothing can be written over HTTP */
type Parts = AdminParts & { readonly actOnWall: ActOnWall | undefined };

/** Documents as they are kept: how large, what happened, how they were, and back to that. */
export function documentRoutes(parts: Parts): Router {
  const { door, log, clock, sizes, names } = parts;
  const history = createDocumentHistory(log);
  const router = Router();

  router.get('/admin/documents', async (request, response) => {
    await door.admin(request);
    const known = (await sizes?.()) ?? [];
    const counts = await countConnections(parts);
    const documents = (await log.documents()).map(({ document, last }) => {
      const size = known.find((one) => one.document === document);
      return {
        ...{ name: document, last, connections: counts.get(document) ?? 0 },
        ...{ updates: size?.updates ?? null, update_bytes: size?.updateBytes ?? null },
        ...{ oldest_at: isoTime(size?.oldestMs), newest_at: isoTime(size?.newestMs) },
        ...{ snapshot_up_to: size?.snapshotUpTo ?? null, snapshot_bytes: size?.snapshotBytes ?? null },
        checkpoints: size?.checkpoints ?? null,
      };
    });
    response.json({ documents });
  });

  router.get('/admin/documents/:name/history', async (request, response) => {
    await door.admin(request);
    const served = findDocument(request);
    const { before, limit } = readQuery(HistoryQuery, request);
    const entries = await history.list(served, { limit, ...(before === undefined ? {} : { before }) });
    const called = await names();
    const next = entries.length < limit ? null : (entries.at(-1)?.number ?? null);
    response.json({
      entries: entries.map(({ atMs, ...entry }) => ({
        ...entry,
        name: called.get(entry.actor) ?? null,
        at: isoTime(atMs),
      })),
      next,
    });
  });

  router.get('/admin/documents/:name/export', async (request, response) => {
    await door.admin(request);
    const served = findDocument(request);
    const { form } = readQuery(DocumentExportQuery, request);
    const exported = await exportDocument(served, log, form, clock.nowMs());
    if (exported === undefined) throw refusals.notFound();
    const file = `${served.name.replace(':', '-')}.${form === 'json' ? 'json' : 'yjs'}`;
    response.attachment(file).type(form === 'json' ? 'application/json' : 'application/octet-stream');
    response.end(exported.bytes);
  });
  router.use(pastRoutes(parts));
  return router;
}

function pastRoutes({ door, log, actOnWall }: Parts): Router {
  const history = createDocumentHistory(log);
  const router = Router();
  const readWall = async (request: Request, number: number) => {
    const past = await history.atNumber(findDocument(request), number);
    return orForgotten(past.type === 'past' ? past.view : past.type);
  };

  /** How it was after an edit, in short. */
  router.get('/admin/documents/:name/past', async (request, response) => {
    await door.admin(request);
    const view = await readWall(request, readQuery(PastQuery, request).number);
    if (view.kind === 'catalogue') {
      const { streams, streamers, walls } = view.catalogue;
      response.json({ streams: streams.size, streamers: streamers.size, walls: walls.size });
    } else {
      const { name, tiles, bench, scenes } = view.wall;
      response.json({ name, tiles: tiles.length, bench: bench.length, scenes: scenes.length });
    }
  });

  /** Brings a wall back as it was after an edit: as a new edit, so that it can be undone. */
  router.post('/admin/documents/:name/restore', async (request, response) => {
    const { account } = await door.admin(request);
    const served = findDocument(request);
    const { number } = readBody(RestoreBody, request);
    const view = await readWall(request, number);
    if (view.kind !== 'wall' || actOnWall === undefined)
      throw new HttpRefusal(409, 'not-a-wall', 'Only walls are brought back as they were');
    const id = WallId.parse(served.name.slice('wall:'.length));
    const arrangement = arrangementOf(view.wall);
    const done = await actOnWall(id, account, { type: 'load-arrangement', arrangement });
    if (!done.ok) throw new HttpRefusal(409, 'not-done', done.error.message);
    noteChange(request, { action: 'admin.restored', target: served.name, after: { number } });
    response.json({ number: await log.last(served.name) });
  });
  return router;
}

/** How many connections of all instances each document has. */
async function countConnections({ fleet }: Parts): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  const { clients } = await fleet.clients();
  for (const { document } of clients) counts.set(document, (counts.get(document) ?? 0) + 1);
  return counts;
}
