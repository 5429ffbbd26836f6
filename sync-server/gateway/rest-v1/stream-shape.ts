import { z } from 'zod';
import type { StreamView } from '#shared/document/view.ts';
import {
  LabelPosition,
  Platform,
  Rotation,
  StreamFields,
  StreamKind,
  StreamStatus,
} from '#shared/model/stream.ts';
import { OwnerRow, shapeOwner } from './record-shape.ts';
import { isoTime, Owner, Time } from './rest-fields.ts';

/** What the tables hold of a stream. */
const ms = z.coerce.number();
export const StreamRow = z.object({
  id: z.number(),
  key: z.string(),
  updated_at_ms: ms,
  is_archived: z.boolean(),
  /** As the projection wrote it, which checks every field. */
  body: z.custom<StreamView>((body) => typeof body === 'object' && body !== null && 'link' in body),
  checked_at_ms: ms.nullable(),
  ...OwnerRow.shape,
  streamer_id: z.number().nullable(),
  streamer_name: z.string().nullable(),
  location_id: z.number().nullable(),
});
export type StreamRow = z.infer<typeof StreamRow>;

/** What StreamSource knows; `gone` reads as offline and `upcoming` as unknown. */
export const PlainStatus = z.enum(['live', 'offline', 'unknown']);
const PLAIN_STATUS = {
  ...{ live: 'live', offline: 'offline', unknown: 'unknown' },
  ...{ gone: 'offline', upcoming: 'unknown' },
} as const satisfies Record<StreamStatus, z.infer<typeof PlainStatus>>;

const text = z.string().nullable();

/** A stream as the API shows it: StreamSource's fields, and then ours. */
export const StreamShape = z
  .object({
    id: z.int(),
    source: text,
    link: z.string(),
    status: PlainStatus,
    is_pinned: z.boolean(),
    created_at: Time,
    updated_at: Time,
    city: text,
    state: text,
    platform: Platform,
    notes: text,
    title: text,
    last_checked_at: Time.nullable(),
    last_live_at: Time.nullable(),
    posted_by: text,
    orientation: z.enum(['horizontal', 'vertical']).nullable(),
    kind: StreamKind,
    user: Owner,
    analytics_url: z.string(),
    tags: z.array(z.string()),
    is_archived: z.boolean(),
    started_at: Time.nullable(),
    ended_at: Time.nullable(),
    streamer_id: z.int().nullable(),
    streamer: z.object({ id: z.int(), name: z.string() }).nullable(),
    location_id: z.int().nullable(),
    streamKey: z.string(),
    statusDetail: StreamStatus,
    statusReason: text,
    code: text,
    label: text,
    labelPosition: LabelPosition.nullable(),
    country: text,
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    rotation: Rotation.nullable(),
    moderation: StreamFields.shape.moderation.nullable(),
    manual_until: Time.nullable(),
    no_check: z.boolean(),
  })
  .meta({ id: 'Stream' });
export type StreamShape = z.infer<typeof StreamShape>;

/** @param showsEmails whether the reader may know how people are reached */
export function shapeStream(row: StreamRow, showsEmails: boolean): StreamShape {
  const { body } = row;
  return {
    ...{ id: row.id, source: body.source ?? null, link: body.link, status: PLAIN_STATUS[body.status] },
    is_pinned: body.pinned ?? false,
    created_at: isoTime(body.addedAt) ?? '',
    updated_at: isoTime(row.updated_at_ms) ?? '',
    ...{ city: body.city ?? null, state: body.region ?? null, platform: body.platform ?? 'other' },
    ...{ notes: body.notes ?? null, title: body.title ?? null },
    last_checked_at: isoTime(later(row.checked_at_ms, body.statusAt)),
    last_live_at: isoTime(body.lastLiveAt),
    posted_by: body.postedBy ?? row.user_name ?? row.key_label,
    ...{
      orientation: body.orientation ?? null,
      kind: body.kind ?? 'video',
      user: shapeOwner(row, body.addedBy, showsEmails),
    },
    analytics_url: `/api/v1/streams/${String(row.id)}/analytics`,
    tags: body.tags ?? [],
    is_archived: row.is_archived,
    ...{ started_at: isoTime(body.startedAt), ended_at: isoTime(body.endedAt) },
    streamer_id: row.streamer_id,
    streamer: row.streamer_id === null ? null : { id: row.streamer_id, name: row.streamer_name ?? '' },
    location_id: row.location_id,
    ...shapeOwn(row),
  };
}

function shapeOwn({ key, body }: StreamRow) {
  return {
    streamKey: key,
    ...{ statusDetail: body.status, statusReason: body.statusReason ?? null },
    ...{ code: body.code ?? null, label: body.label ?? null, labelPosition: body.labelPosition ?? null },
    ...{ country: body.country ?? null, latitude: body.latitude ?? null, longitude: body.longitude ?? null },
    ...{ rotation: body.rotation ?? null, moderation: body.moderation ?? null },
    manual_until: isoTime(body.manualUntil),
    no_check: body.noCheck ?? false,
  };
}

const later = (a: number | null, b: number | undefined): number | undefined =>
  a === null ? b : Math.max(a, b ?? 0);
