import { Router } from 'express';
import { z } from 'zod';
import { noteChange } from '../../audit/note-change.ts';
import { takeSnapshot } from '../../documents/take-snapshot.ts';
import { isoTime } from '../account-shapes.ts';
import { refusals } from '../http-refusal.ts';
import { readQuery } from '../read-request.ts';
import type { AdminParts } from './admin-parts.ts';
import { findDocument } from './find-document.ts';

export const SnapshotsQuery = z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) });
const Time = z.iso.datetime().nullable();
export const SnapshotsAnswer = z.object({
  snapshots: z.array(z.object({ number: z.int(), at: Time, bytes: z.int(), is_kept: z.boolean() })),
});
export const SnapshotAnswer = z.object({ number: z.int() });

/** Whole states of documents that are kept: which there are, and one more now. */
export function snapshotRoutes({ door, log, snapshots }: AdminParts): Router {
  const router = Router();

  router.get('/admin/documents/:name/snapshots', async (request, response) => {
    await door.admin(request);
    const { name } = findDocument(request);
    const all = (await snapshots?.(name, readQuery(SnapshotsQuery, request).limit)) ?? [];
    response.json({
      snapshots: all.map(({ upTo, atMs, bytes, isKept }) => ({
        ...{ number: upTo, at: isoTime(atMs), bytes, is_kept: isKept },
      })),
    } satisfies z.infer<typeof SnapshotsAnswer>);
  });

  router.post('/admin/documents/:name/snapshots', async (request, response) => {
    await door.admin(request);
    const served = findDocument(request);
    const number = await takeSnapshot(served, log);
    if (number === undefined) throw refusals.notFound();
    noteChange(request, { action: 'admin.snapshot-taken', target: served.name, after: { number } });
    response.status(201).json({ number } satisfies z.infer<typeof SnapshotAnswer>);
  });
  return router;
}
