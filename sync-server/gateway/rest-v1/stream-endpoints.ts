import { z } from 'zod';
import { LocationId, StreamerId, StreamId } from '#shared/model/ids.ts';
import { streamIdOf } from '#shared/model/stream-url.ts';
import { archiveId } from '#shared/replica/archive-retired.ts';
import type { Account } from '../../accounts/access.ts';
import type { Pen } from '../../projection/catalogue-desk.ts';
import { refusals } from '../http-refusal.ts';
import { endpoint, type Endpoint } from './endpoint.ts';
import { readPathId, showsEmails, type RestParts } from './rest-parts.ts';
import { ChangedStreamInput, NewStreamInput, type StreamChangesInput } from './stream-input.ts';
import { listStreams, StreamList, StreamListQuery } from './stream-list.ts';
import { shapeStream, StreamRow, StreamShape } from './stream-shape.ts';
import { orRefuse } from './translate-failure.ts';
import { addStream, changeStream, readLink, type Named } from './write-stream.ts';

const OneStream = z.object({ stream: StreamShape });
const core = { tag: 'streams' } as const;

/** Streams, under StreamSource's paths. */
export function streamEndpoints(parts: RestParts): readonly Endpoint[] {
  return [
    endpoint({
      ...{ ...core, method: 'get', path: '/streams', summary: 'List, filter, search and sort streams' },
      ...{ query: StreamListQuery, answers: { 200: StreamList }, isKept: 'tells-version' },
      handle: async ({ query, signedIn }) => listStreams(query, signedIn.account.role, parts),
    }),
    endpoint({
      ...{
        ...core,
        method: 'post',
        path: '/streams',
        summary: 'Add a stream by its link',
        writes: 'streams',
      },
      ...{ wrapped: 'stream', body: NewStreamInput, answers: { 201: OneStream, 200: OneStream } },
      handle: async ({ body, signedIn }) => {
        const named = await findNamed(parts, body);
        const { key, isNew, firsts } = await parts.desk.write(signedIn.account, (pen) => ({
          ...addStream(pen, body, named, parts.pausedPlatforms()),
          firsts: pen.firsts,
        }));
        if (body.last_checked_at != null) await noteCheck(parts, key, body.last_checked_at);
        const status = isNew && !firsts.has(key) ? 201 : 200;
        return { status, body: await showStream(parts, key, signedIn.account) };
      },
    }),
    endpoint({
      ...{ ...core, method: 'get', path: '/streams/{id}', summary: 'Show a stream', isKept: true },
      answers: { 200: OneStream },
      handle: async ({ params, signedIn }) => {
        await parts.desk.fresh();
        return { body: await showStream(parts, readPathId(params['id']), signedIn.account) };
      },
    }),
    ...(['patch', 'put'] as const).map((method) =>
      endpoint({
        ...{ ...core, method, path: '/streams/{id}', summary: 'Change a stream', writes: 'streams' },
        ...{ wrapped: 'stream', body: ChangedStreamInput, answers: { 200: OneStream } },
        handle: async ({ params, body, signedIn }) => changeOne(parts, params['id'], signedIn.account, body),
      }),
    ),
    endpoint({
      ...{ ...core, method: 'delete', path: '/streams/{id}', summary: 'Remove a stream', writes: 'streams' },
      answers: { 204: undefined },
      handle: async ({ params, signedIn }) => {
        const key = await findKey(parts, params['id']);
        await editCurrent(parts, signedIn.account, key, (pen) =>
          orRefuse(pen.act({ type: 'remove-stream', id: pen.catalogue.view().resolve(key) })),
        );
        return {};
      },
    }),
    ...switches(parts),
  ];
}

/** Pinning and archiving, each switched on by PUT (or POST) and off by DELETE, as StreamSource has it. */
function switches(parts: RestParts): readonly Endpoint[] {
  const change = (
    method: 'put' | 'post' | 'delete',
    path: string,
    summary: string,
    changes: StreamChangesInput,
  ): Endpoint =>
    endpoint({
      ...{ ...core, method, path, summary, writes: 'streams', answers: { 200: OneStream } },
      handle: async ({ params, signedIn }) => changeOne(parts, params['id'], signedIn.account, changes),
    });
  return [
    change('put', '/streams/{id}/pin', 'Pin a stream', { is_pinned: true }),
    change('delete', '/streams/{id}/pin', 'Unpin a stream', { is_pinned: false }),
    change('put', '/streams/{id}/archive', 'Put a stream away', { is_archived: true }),
    change('post', '/streams/{id}/archive', 'Put a stream away', { is_archived: true }),
    change('delete', '/streams/{id}/archive', 'Bring a stream back', { is_archived: null }),
    change('post', '/streams/{id}/unarchive', 'Bring a stream back', { is_archived: null }),
  ];
}

async function changeOne(
  parts: RestParts,
  id: string | undefined,
  account: Account,
  input: z.infer<typeof ChangedStreamInput>,
) {
  const key = await findKey(parts, id);
  const { link, ...changes } = input;
  const named = await findNamed(parts, changes);
  const shown = await editCurrent(parts, account, key, (pen) => {
    const now = pen.catalogue.view().resolve(key);
    // A stream is what its link says; another link is another stream.
    if (link !== undefined && pen.catalogue.view().resolve(streamIdOf(readLink(link).url)) !== now)
      throw refusals.invalid('link', 'is another stream’s: add that one, and remove this one');
    changeStream(pen, now, changes, named);
    return now;
  });
  if (changes.last_checked_at != null) await noteCheck(parts, shown, changes.last_checked_at);
  if (changes.is_archived === false || changes.is_archived === null)
    await parts.rests.wake(shown, parts.clock.nowMs());
  return { body: await showStream(parts, shown, account) };
}

/** Edits a stream; one that has left for the archive comes back first. */
async function editCurrent<T>(
  { desk, archive }: RestParts,
  account: Account,
  key: StreamId,
  edit: (pen: Pen) => T,
): Promise<T> {
  const pasts = await archive.findPasts([archiveId('streams', key)]);
  const past = pasts.ok ? pasts.value.get(archiveId('streams', key)) : undefined;
  return desk.write(account, (pen) => {
    const { streams, resolve } = pen.catalogue.view();
    if (!streams.has(resolve(key))) {
      if (past === undefined) throw refusals.notFound();
      orRefuse(pen.act({ type: 'restore-stream', id: key, record: past.record }));
    }
    return edit(pen);
  });
}

/** @throws {HttpRefusal} 404 */
export async function findKey(parts: RestParts, id: string | undefined): Promise<StreamId> {
  await parts.desk.fresh();
  const row = await parts.reads.find(readPathId(id));
  if (row === undefined) throw refusals.notFound();
  return StreamId.parse(row['key']);
}

export async function showStream(parts: RestParts, id: number | string, { role }: Account) {
  const row = await parts.reads.find(id);
  if (row === undefined) throw refusals.notFound();
  return { stream: shapeStream(StreamRow.parse(row), showsEmails(role)) };
}

/** @throws {HttpRefusal} 422 for a streamer or place that is not there */
export async function findNamed({ sql, desk }: RestParts, input: StreamChangesInput): Promise<Named> {
  const { streamer_id, location_id } = input;
  if (streamer_id == null && location_id == null)
    return {
      ...(streamer_id === null ? { streamer: null } : {}),
      ...(location_id === null ? { location: null } : {}),
    };
  await desk.fresh();
  const find = async (kind: string, id: number, field: string): Promise<string> => {
    const [row] = await sql.query('SELECT key FROM catalogue_records WHERE kind = $1 AND id = $2', [
      kind,
      id,
    ]);
    if (row === undefined) throw refusals.invalid(field, 'is not there');
    return String(row['key']);
  };
  return {
    ...(streamer_id === undefined
      ? {}
      : {
          streamer:
            streamer_id === null
              ? null
              : StreamerId.parse(await find('streamers', streamer_id, 'streamer_id')),
        }),
    ...(location_id === undefined
      ? {}
      : {
          location:
            location_id === null
              ? null
              : LocationId.parse(await find('locations', location_id, 'location_id')),
        }),
  };
}

/** When a stream was looked at ticks beside the document; it never goes back. */
async function noteCheck({ sql, clock }: RestParts, key: StreamId, atMs: number): Promise<void> {
  await sql.query(
    `INSERT INTO stream_checks (key, at_ms) VALUES ($1, $2)
     ON CONFLICT (key) DO UPDATE SET at_ms = greatest(stream_checks.at_ms, excluded.at_ms)`,
    [key, Math.min(atMs, clock.nowMs())],
  );
}
