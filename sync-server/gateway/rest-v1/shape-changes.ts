import { z } from 'zod';
import type { Role } from '#shared/model/role.ts';
import type { CatalogueChange } from '../../projection/change-feed.ts';
import { Time, isoTime } from './rest-fields.ts';
import { showsEmails, type RestParts } from './rest-parts.ts';
import { shapeStream, StreamRow, StreamShape } from './stream-shape.ts';

export const KINDS = ['streams', 'streamers', 'locations', 'ignore', 'events', 'walls'] as const;
const NAMES: Readonly<Record<string, string>> = {
  ...{ streams: 'stream', streamers: 'streamer', locations: 'location', ignore: 'ignore_list' },
  ...{ events: 'timestamp', walls: 'wall' },
};

/** What programs that follow are told of a change; of streams that are there, as they are now. */
export const ChangeShape = z
  .object({
    number: z.int(),
    type: z.string(),
    id: z.int(),
    key: z.string(),
    at: Time,
    stream: StreamShape.nullable(),
  })
  .meta({ id: 'Change' });
export type ChangeShape = z.infer<typeof ChangeShape>;

export async function shapeChanges(
  parts: Pick<RestParts, 'reads'>,
  changes: readonly CatalogueChange[],
  role: Role,
): Promise<readonly ChangeShape[]> {
  const keys = [
    ...new Set(
      changes.flatMap(({ kind, key, what }) => (kind === 'streams' && what !== 'deleted' ? [key] : [])),
    ),
  ];
  const rows =
    keys.length === 0 ? [] : await parts.reads.page({ keys }, { sort: 'id', limit: keys.length, offset: 0 });
  const streams = new Map(
    rows.map((row) => {
      const read = StreamRow.parse(row);
      return [read.key, shapeStream(read, showsEmails(role))] as const;
    }),
  );
  return changes.map(({ number, kind, key, id, what, atMs }) => ({
    ...{ number, type: `${NAMES[kind] ?? kind}.${what}`, id, key, at: isoTime(atMs) ?? '' },
    stream: kind === 'streams' ? (streams.get(key) ?? null) : null,
  }));
}
