import { z } from 'zod';
import { ArchivedStream } from '../document/archived-stream.ts';
import { readEvent } from '../document/read-catalogue-record.ts';
import { readStream } from '../document/read-stream.ts';
import { birthOf } from '../document/stored-value.ts';
import type { EventView, StreamView } from '../document/view.ts';
import { ok, type Result } from '../kernel/result.ts';
import { EventId, StreamId } from '../model/ids.ts';
import { Time } from '../model/stream.ts';
import type { Refusal } from './refusal.ts';
import { answerOf, type AskServer } from './team-history.ts';

/**
 * What has left the catalogue, looked for by its words and by when it left. In a team the server's archive is asked, which
 * is complete; alone, the one beside the replica.
 */
export const ReadArchive = z.strictObject({
  text: z.string().max(200),
  /** Archived at this time or later, and before that one; null: whenever. */
  fromMs: Time.nullable(),
  untilMs: Time.nullable(),
  offset: z.number().int().min(0).max(1_000_000),
});
export type ReadArchive = z.infer<typeof ReadArchive>;

/** So many are answered at once. */
export const ARCHIVE_PAGE = 50;

/** Something of the archive as it was, and all that brings it back. Times in ms since 1970 UTC. */
export type ArchivedView = Readonly<{ atMs: number; record: ArchivedStream }> &
  (
    | { readonly type: 'stream'; readonly stream: StreamView }
    | { readonly type: 'event'; readonly event: EventView }
  );

export type ArchiveFound = Readonly<{
  /** How many there are, whether they can be read or not. */
  total: number;
  /** A page of them, newest first. */
  found: readonly ArchivedView[];
  /** False: only what this machine has, for the team's server cannot be asked. */
  isComplete: boolean;
}>;

const Page = z.object({
  total: z.number().int().nonnegative(),
  records: z
    .array(z.object({ id: z.string().max(300), atMs: z.number(), record: z.unknown() }))
    .max(ARCHIVE_PAGE),
});

/** Asks the server's API for a page, below /api/v1/archive. */
export async function readTeamArchive(
  ask: AskServer,
  { text, fromMs, untilMs, offset }: ReadArchive,
): Promise<Result<ArchiveFound, Refusal>> {
  const asked = [
    `text=${encodeURIComponent(text)}`,
    `offset=${String(offset)}`,
    `limit=${String(ARCHIVE_PAGE)}`,
    ...(fromMs === null ? [] : [`from=${new Date(fromMs).toISOString()}`]),
    ...(untilMs === null ? [] : [`until=${new Date(untilMs).toISOString()}`]),
  ];
  const read = await answerOf(ask, `archive?${asked.join('&')}`, Page);
  if (!read.ok) return read;
  const { total, records } = read.value;
  return ok({ total, found: records.flatMap(showArchived), isComplete: true });
}

/** A record as an archive keeps it, shown; nothing where it cannot be read. */
export function showArchived(kept: {
  readonly id: string;
  readonly atMs: number;
  readonly record: unknown;
}): readonly ArchivedView[] {
  const { atMs } = kept;
  const read = ArchivedStream.safeParse(kept.record);
  if (!read.success) return [];
  const record = read.data;
  const [root = '', id = ''] = kept.id.split('/');
  if (root === 'streams') {
    const known = StreamId.safeParse(id);
    const each = Object.entries(record.fields);
    const entry = known.success
      ? readStream(
          known.data,
          birthOf(record),
          (visit) => {
            for (const [name, { value }] of each) visit(name, value);
          },
          () => {},
        )
      : null;
    return entry === null ? [] : [{ type: 'stream', atMs, record, stream: entry.view }];
  }
  const known = EventId.safeParse(id);
  const entry = root === 'events' && known.success ? readEvent(known.data, record, () => {}) : null;
  return entry === null ? [] : [{ type: 'event', atMs, record, event: entry.view }];
}
