import type { SqlValue } from '../postgres/sql.ts';

/** What is asked of a list of streams. Absent: it does not matter. Lists: any of these. */
export type StreamFilter = {
  readonly status?: readonly string[] | undefined;
  readonly notStatus?: readonly string[] | undefined;
  readonly statusDetail?: readonly string[] | undefined;
  readonly platform?: readonly string[] | undefined;
  readonly kind?: readonly string[] | undefined;
  readonly orientation?: readonly string[] | undefined;
  readonly moderation?: readonly string[] | undefined;
  readonly addedBy?: string | undefined;
  readonly isPinned?: boolean | undefined;
  readonly isArchived?: boolean | undefined;
  readonly city?: string | undefined;
  readonly region?: string | undefined;
  readonly country?: string | undefined;
  readonly source?: string | undefined;
  readonly postedBy?: string | undefined;
  readonly code?: string | undefined;
  readonly tag?: string | undefined;
  readonly streamerId?: number | undefined;
  readonly locationId?: number | undefined;
  /** Ids, or those that are shown for them. */
  readonly keys?: readonly string[] | undefined;
  /** Words that must all occur, somewhere. */
  readonly search?: string | undefined;
  readonly updatedSinceMs?: number | undefined;
  readonly createdFromMs?: number | undefined;
  readonly createdToMs?: number | undefined;
};

export type Where = { readonly text: string; readonly values: readonly SqlValue[] };

/** A condition over `catalogue_streams s`. Whatever a person typed is a value, never a part of the statement. */
export function whereOf(filter: StreamFilter): Where {
  const values: SqlValue[] = [];
  const parts: string[] = [];
  const add = (value: SqlValue | undefined, condition: (place: string) => string): void => {
    if (value === undefined) return;
    values.push(value);
    parts.push(condition(`$${String(values.length)}`));
  };
  const oneOf = (column: string, wanted: readonly string[] | undefined): void =>
    add(wanted?.length === 1 ? wanted[0] : wanted, (place) =>
      wanted?.length === 1 ? `s.${column} = ${place}` : `s.${column} = ANY(${place})`,
    );
  const same = (column: string, wanted: string | undefined): void =>
    add(wanted?.toLowerCase(), (place) => `lower(s.${column}) = ${place}`);

  oneOf('status', filter.status);
  add(filter.notStatus, (place) => `s.status <> ALL(${place})`);
  oneOf('status_detail', filter.statusDetail);
  oneOf('platform', filter.platform);
  oneOf('kind', filter.kind);
  oneOf('orientation', filter.orientation);
  oneOf('moderation', filter.moderation);
  add(filter.addedBy, (place) => `s.added_by = ${place}`);
  add(filter.isPinned, (place) => `s.is_pinned = ${place}`);
  add(filter.isArchived, (place) => `s.is_archived = ${place}`);
  for (const column of ['city', 'region', 'country', 'source'] as const) same(column, filter[column]);
  same('posted_by', filter.postedBy);
  add(filter.code?.toLowerCase(), (place) => `s.code = ${place}`);
  add(filter.tag, (place) => `s.body->'tags' ? ${place}`);
  add(filter.streamerId, (place) => `s.streamer_key = (${KEY_OF} 'streamers' AND id = ${place})`);
  add(filter.locationId, (place) => `s.location_key = (${KEY_OF} 'locations' AND id = ${place})`);
  add(
    filter.keys,
    (place) =>
      `s.key IN (SELECT coalesce(a.leader, k) FROM unnest(${place}::text[]) k LEFT JOIN stream_aliases a ON a.member = k)`,
  );
  for (const word of wordsOf(filter.search))
    add(`%${escapeLike(word)}%`, (place) => `s.search LIKE ${place}`);
  add(filter.updatedSinceMs, (place) => `s.updated_at_ms >= ${place}`);
  add(filter.createdFromMs, (place) => `s.added_at_ms >= ${place}`);
  add(filter.createdToMs, (place) => `s.added_at_ms < ${place}`);
  return { text: parts.length === 0 ? 'true' : parts.join(' AND '), values };
}

const KEY_OF = 'SELECT key FROM rest_ids WHERE kind =';
const MAX_WORDS = 10;

const wordsOf = (text = ''): readonly string[] =>
  text.toLowerCase().replaceAll('\0', '').split(/\s+/).filter(Boolean).slice(0, MAX_WORDS);

/** `%` and `_` that a person types mean themselves. */
export const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, '\\$&');

/** Every order that a list can be in, by name; each ends with the id, so that pages neither overlap nor leave out. */
const COLUMNS: Readonly<Record<string, string>> = {
  name: 's.source',
  source: 's.source',
  title: 's.title',
  link: 's.link',
  platform: 's.platform',
  status: 's.status',
  city: 's.city',
  state: 's.region',
  country: 's.country',
  kind: 's.kind',
  orientation: 's.orientation',
  code: 's.code',
  posted_by: 's.posted_by',
  is_pinned: 's.is_pinned',
  created: 's.added_at_ms',
  created_at: 's.added_at_ms',
  updated: 's.updated_at_ms',
  updated_at: 's.updated_at_ms',
  started_at: 's.started_at_ms',
  ended_at: 's.ended_at_ms',
  last_live_at: 's.last_live_at_ms',
  last_checked_at: 'greatest(s.status_at_ms, (SELECT at_ms FROM stream_checks c WHERE c.key = s.key))',
  streamer:
    "(SELECT lower(r.body->>'name') FROM catalogue_records r WHERE r.kind = 'streamers' AND r.key = s.streamer_key)",
  id: 's.id',
};
export const STREAM_SORTS: readonly string[] = Object.keys(COLUMNS).flatMap((name) => [name, `-${name}`]);

/** Pinned first, then the newest. */
const USUAL = 's.is_pinned DESC, s.added_at_ms DESC, s.id DESC';

export function orderOf(sort: string | undefined): string {
  if (sort === undefined) return USUAL;
  const isDown = sort.startsWith('-');
  const column = COLUMNS[isDown ? sort.slice(1) : sort];
  if (column === undefined) return USUAL;
  return `${column} ${isDown ? 'DESC' : 'ASC'} NULLS LAST, s.id ${isDown ? 'DESC' : 'ASC'}`;
}
