import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { MAX_EVENT_STREAMS } from '#shared/document/catalogue-fields.ts';
import type { EventView } from '#shared/document/view.ts';
import { EventId, type StreamId } from '#shared/model/ids.ts';
import { refusals } from '../http-refusal.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { recordRow, shapeOwner } from './record-shape.ts';
import { clearable, isoTime, metaOf, Owner, Page, PageMeta, Time, TimeInput } from './rest-fields.ts';
import { findRecord, showsEmails, type RestParts } from './rest-parts.ts';
import { findKey } from './stream-endpoints.ts';
import { orRefuse } from './translate-failure.ts';

const EventShape = z
  .object({
    id: z.int(),
    title: z.string(),
    description: z.string().nullable(),
    event_timestamp: Time,
    streams: z
      .array(
        z.object({
          stream_id: z.int(),
          stream_timestamp_seconds: z.number().nullable(),
          stream_timestamp_display: z.string().nullable(),
        }),
      )
      .max(MAX_EVENT_STREAMS),
    user: Owner,
    created_at: Time,
    updated_at: Time,
    eventKey: z.string(),
  })
  .meta({ id: 'Timestamp' });
type EventShape = z.infer<typeof EventShape>;
const OneEvent = z.object({ timestamp: EventShape });
const EventRow = recordRow<EventView>();

const EventInput = z.object({
  title: z.string().trim().min(3).max(200),
  description: clearable(2_000).optional(),
  event_timestamp: TimeInput,
});
const EventChanges = EventInput.partial();
type EventChanges = z.infer<typeof EventChanges>;
const LinkInput = z.object({
  stream_id: z.int().min(1).max(2_147_483_647),
  stream_timestamp_seconds: z.number().min(0).max(10_000_000).nullable().optional(),
});
const Day = z.iso.date();
const EventQuery = z.object({
  start_date: Day.optional(),
  end_date: Day.optional(),
  search: z.string().max(200).optional(),
  ...Page.shape,
});
const DAY_MS = 86_400_000;
const ORDER = "(r.body->>'at')::bigint DESC, r.id DESC";

/** Things that happened, under StreamSource's name for them and under ours. */
export function eventEndpoints(parts: RestParts): readonly Endpoint[] {
  return [...eventsAt(parts, '/timestamps'), ...eventsAt(parts, '/events')];
}

function eventsAt(parts: RestParts, base: '/timestamps' | '/events'): readonly Endpoint[] {
  const core = { tag: 'timestamps (events)' } as const;
  return [
    endpoint({
      ...{ ...core, method: 'get', path: base, summary: 'List and search events', isKept: true },
      ...{
        query: EventQuery,
        answers: { 200: z.object({ timestamps: z.array(EventShape), meta: PageMeta }) },
      },
      handle: async ({ query: { page, per_page, search, start_date, end_date }, signedIn }) => {
        const where = [
          ...(start_date ? [["(r.body->>'at')::bigint >= $?", Date.parse(start_date)] as const] : []),
          ...(end_date ? [["(r.body->>'at')::bigint < $?", Date.parse(end_date) + DAY_MS] as const] : []),
        ];
        const part = { order: ORDER, limit: per_page, offset: (page - 1) * per_page };
        const { rows, total } = await parts.records.page({ kind: 'events', search, where, ...part });
        const timestamps = await shapeEvents(parts, rows, showsEmails(signedIn.account.role));
        return { body: { timestamps, meta: metaOf(total, { page, per_page }) } };
      },
    }),
    endpoint({
      ...{ ...core, method: 'get', path: `${base}/{id}`, summary: 'Show an event', isKept: true },
      answers: { 200: OneEvent },
      handle: async ({ params, signedIn }) => show(parts, params['id'], showsEmails(signedIn.account.role)),
    }),
    endpoint({
      ...{ ...core, method: 'post', path: base, summary: 'Add an event', writes: 'events' },
      ...{ wrapped: 'timestamp', body: EventInput, answers: { 201: OneEvent } },
      handle: async ({ body, signedIn: { account } }) => {
        const id = EventId.parse(randomUUID().replaceAll('-', '').slice(0, 24));
        await parts.desk.write(account, (pen) =>
          orRefuse(pen.act({ type: 'put-event', id, ...fieldsOf(undefined, body) }), 'title'),
        );
        return { status: 201, ...(await show(parts, id, showsEmails(account.role))) };
      },
    }),
    ...(['patch', 'put'] as const).map((method) => changeEvent(parts, base, method)),
    endpoint({
      ...{ ...core, method: 'delete', path: `${base}/{id}`, summary: 'Remove an event', writes: 'events' },
      answers: { 204: undefined },
      handle: async ({ params, signedIn }) => {
        const id = EventId.parse((await findRecord(parts, 'events', params['id'])).key);
        await parts.desk.write(signedIn.account, (pen) => orRefuse(pen.act({ type: 'remove-event', id })));
        return {};
      },
    }),
    ...linkEndpoints(parts, base),
  ];
}

function changeEvent(parts: RestParts, base: string, method: 'patch' | 'put'): Endpoint {
  return endpoint({
    ...{
      tag: 'timestamps (events)',
      method,
      path: `${base}/{id}`,
      summary: 'Change an event',
      writes: 'events',
    },
    ...{ wrapped: 'timestamp', body: EventChanges, answers: { 200: OneEvent } },
    handle: async ({ params, body, signedIn: { account } }) => {
      const id = EventId.parse((await findRecord(parts, 'events', params['id'])).key);
      await parts.desk.write(account, (pen) => {
        const before = pen.catalogue.view().events.get(id);
        if (before === undefined) throw refusals.notFound();
        orRefuse(pen.act({ type: 'put-event', id, ...fieldsOf(before, body) }), 'title');
      });
      return show(parts, id, showsEmails(account.role));
    },
  });
}

function linkEndpoints(parts: RestParts, base: string): readonly Endpoint[] {
  const core = { tag: 'timestamps (events)', writes: 'events', answers: { 200: OneEvent } } as const;
  return [
    endpoint({
      ...{
        ...core,
        method: 'post',
        path: `${base}/{id}/streams`,
        summary: 'Say in which stream it is to be seen',
      },
      body: LinkInput,
      handle: async ({ params, body, signedIn: { account } }) => {
        const id = EventId.parse((await findRecord(parts, 'events', params['id'])).key);
        const stream: StreamId = await findKey(parts, String(body.stream_id));
        const offset = body.stream_timestamp_seconds;
        await parts.desk.write(account, (pen) =>
          orRefuse(
            pen.act({ type: 'link-event', id, stream, ...(offset == null ? {} : { offsetSeconds: offset }) }),
          ),
        );
        return show(parts, id, showsEmails(account.role));
      },
    }),
    endpoint({
      ...{
        ...core,
        method: 'delete',
        path: `${base}/{id}/streams/{stream_id}`,
        summary: 'Take a stream off an event',
      },
      handle: async ({ params, signedIn: { account } }) => {
        const id = EventId.parse((await findRecord(parts, 'events', params['id'])).key);
        const stream = await findKey(parts, params['stream_id']);
        await parts.desk.write(account, (pen) => orRefuse(pen.act({ type: 'unlink-event', id, stream })));
        return show(parts, id, showsEmails(account.role));
      },
    }),
  ];
}

function fieldsOf(before: EventView | undefined, input: EventChanges) {
  const description = input.description === undefined ? before?.description : input.description;
  return {
    title: input.title ?? before?.title ?? '',
    at: input.event_timestamp ?? before?.at ?? 0,
    ...(description ? { description } : {}),
  };
}

async function show(parts: RestParts, id: string | undefined, withEmails: boolean) {
  const row = await findRecord(parts, 'events', id);
  const [timestamp] = await shapeEvents(parts, [row], withEmails);
  return { body: { timestamp } };
}

async function shapeEvents(
  { records }: RestParts,
  raw: readonly unknown[],
  withEmails: boolean,
): Promise<readonly EventShape[]> {
  const rows = raw.map((row) => EventRow.parse(row));
  const ids = await records.idsOf('streams', [
    ...new Set(rows.flatMap(({ body }) => Object.keys(body.streams))),
  ]);
  return rows.map((row) => {
    const { body } = row;
    return {
      ...{ id: row.id, title: body.title, description: body.description ?? null },
      event_timestamp: isoTime(body.at) ?? '',
      streams: Object.entries(body.streams).flatMap(([key, { offsetSeconds }]) => {
        const stream_id = ids.get(key);
        if (stream_id === undefined) return [];
        const seconds = offsetSeconds ?? null;
        return [
          { stream_id, stream_timestamp_seconds: seconds, stream_timestamp_display: displayOf(seconds) },
        ];
      }),
      user: shapeOwner(row, body.addedBy, withEmails),
      ...{ created_at: isoTime(body.addedAt) ?? '', updated_at: isoTime(row.updated_at_ms) ?? '' },
      eventKey: body.id,
    };
  });
}

/** H:MM:SS, or M:SS within the first hour. */
function displayOf(seconds: number | null): string | null {
  if (seconds === null) return null;
  const whole = Math.floor(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${String(hours)}:${two(minutes)}:${two(rest)}` : `${String(minutes)}:${two(rest)}`;
}
