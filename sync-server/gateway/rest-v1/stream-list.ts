import { z } from 'zod';
import { readStreamUrl, streamIdOf } from '#shared/model/stream-url.ts';
import type { Role } from '#shared/model/role.ts';
import { StreamFields } from '#shared/model/stream.ts';
import { actorOfUser } from '../../accounts/user.ts';
import { STREAM_SORTS, type StreamFilter } from '../../projection/stream-filter.ts';
import { refusals } from '../http-refusal.ts';
import { emptyIsAbsent, Flag, metaOf, Page, PageMeta, TimeInput } from './rest-fields.ts';
import { showsEmails, type RestParts } from './rest-parts.ts';
import { KindInput, OrientationInput, PlatformInput, StatusInput } from './stream-input.ts';
import { PlainStatus, shapeStream, StreamRow, StreamShape } from './stream-shape.ts';

/** One value, or several with commas between them. */
const several = <Schema extends z.ZodType<string, string>>(schema: Schema) =>
  z
    .string()
    .max(400)
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(schema).min(1).max(20));
const text = (max: number) => z.string().trim().max(max);
const Id = z.coerce.number().int().min(1).max(2_147_483_647);

/** What lists of streams can be narrowed to. An empty value narrows nothing. */
export const StreamFilterQuery = z.object({
  status: emptyIsAbsent(several(StatusInput)),
  notStatus: emptyIsAbsent(several(StatusInput)),
  statusDetail: emptyIsAbsent(several(StatusInput)),
  platform: emptyIsAbsent(several(PlatformInput)),
  kind: emptyIsAbsent(several(KindInput)),
  orientation: emptyIsAbsent(several(OrientationInput)),
  moderation: emptyIsAbsent(several(StreamFields.shape.moderation)),
  user_id: emptyIsAbsent(Id),
  is_pinned: emptyIsAbsent(Flag),
  is_archived: emptyIsAbsent(Flag),
  city: text(120).optional(),
  state: text(120).optional(),
  country: text(120).optional(),
  source: text(255).optional(),
  posted_by: text(255).optional(),
  code: text(12).optional(),
  tag: text(60).optional(),
  streamer_id: emptyIsAbsent(Id),
  location_id: emptyIsAbsent(Id),
  link: text(4_096).optional(),
  search: text(200).optional(),
  updated_since: emptyIsAbsent(TimeInput),
  created_from: emptyIsAbsent(TimeInput),
  created_to: emptyIsAbsent(TimeInput),
});
type StreamFilterQuery = z.infer<typeof StreamFilterQuery>;
export const SortQuery = z.object({
  sort: emptyIsAbsent(z.enum(STREAM_SORTS as [string, ...string[]])),
});
export const StreamListQuery = z.object({ ...StreamFilterQuery.shape, ...SortQuery.shape, ...Page.shape });
export const StreamList = z
  .object({ streams: z.array(StreamShape), meta: PageMeta })
  .meta({ id: 'StreamList' });

/**
 * The filter that a query asks for. Who asks for nothing about the archive sees what is current; admins see all, and so
 * does whoever looks for a link, or follows what changes. @throws {HttpRefusal} 404 for a person who is not there
 */
export async function filterOf(
  query: StreamFilterQuery,
  role: Role,
  { users }: Pick<RestParts, 'users'>,
): Promise<StreamFilter> {
  const { status, notStatus, user_id, link, updated_since } = query;
  const user = user_id === undefined ? undefined : await users.find({ number: user_id });
  if (user_id !== undefined && user === undefined) throw refusals.notFound();
  const seesAll = role === 'admin' || link !== undefined || updated_since !== undefined;
  return {
    // `gone` and `upcoming` are said exactly; the others as StreamSource has them.
    status: onlyPlain(status),
    notStatus: onlyPlain(notStatus),
    statusDetail: query.statusDetail ?? onlyExact(status),
    platform: query.platform,
    kind: query.kind,
    orientation: query.orientation,
    moderation: query.moderation,
    addedBy: user === undefined ? undefined : actorOfUser(user.id),
    isPinned: query.is_pinned,
    isArchived: query.is_archived ?? (seesAll ? undefined : false),
    city: orAbsent(query.city),
    region: orAbsent(query.state),
    country: orAbsent(query.country),
    source: orAbsent(query.source),
    postedBy: orAbsent(query.posted_by),
    code: orAbsent(query.code),
    tag: orAbsent(query.tag),
    streamerId: query.streamer_id,
    locationId: query.location_id,
    keys: link === undefined ? undefined : keysOf(link),
    search: orAbsent(query.search),
    updatedSinceMs: updated_since,
    createdFromMs: query.created_from,
    createdToMs: query.created_to,
  };
}

const orAbsent = (said: string | undefined): string | undefined => (said === '' ? undefined : said);
const isPlain = (status: string): boolean => PlainStatus.safeParse(status).success;

function onlyPlain(statuses: readonly string[] | undefined): readonly string[] | undefined {
  return statuses?.every(isPlain) === true ? statuses : undefined;
}
function onlyExact(statuses: readonly string[] | undefined): readonly string[] | undefined {
  return statuses === undefined || statuses.every(isPlain) ? undefined : statuses;
}

/** A link that cannot be read is nobody's. */
function keysOf(link: string): readonly string[] {
  const read = readStreamUrl(link);
  return read.ok ? [streamIdOf(read.value.url)] : [];
}

/** @returns the list, and the version that it is of */
export async function listStreams(
  { page, per_page, sort, ...query }: z.infer<typeof StreamListQuery>,
  role: Role,
  parts: RestParts,
): Promise<{ readonly body: z.infer<typeof StreamList>; readonly version: string }> {
  const filter = await filterOf(query, role, parts);
  const read = await parts.readList(filter, { sort, limit: per_page, offset: (page - 1) * per_page });
  const streams = read.rows.map((row) => shapeStream(StreamRow.parse(row), showsEmails(role)));
  return {
    body: { streams, meta: metaOf(read.total, { page, per_page }) },
    version: `${String(read.number)} ${String(read.beside)}`,
  };
}
