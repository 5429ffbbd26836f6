import { ignoreIdOf } from '#shared/document/ignore-rule.ts';
import { noteChange } from '../../audit/note-change.ts';
import { shortenValues } from '../../audit/shorten-values.ts';
import { HttpRefusal } from '../http-refusal.ts';
import type { Asked, Endpoint, RestAnswer } from './endpoint.ts';
import { IgnoreShape } from './ignore-rules.ts';

type Handle = (asked: Asked<unknown, unknown>) => Promise<RestAnswer>;
type Fields = Readonly<Record<string, unknown>>;

/** What a record is called in the audit, the same as where a desk changes it. */
const NAMES: Readonly<Record<string, (record: Fields) => string>> = {
  streams: ({ streamKey }) => `catalogue/streams/${String(streamKey)}`,
  streamers: ({ streamerKey }) => `catalogue/streamers/${String(streamerKey)}`,
  locations: ({ locationKey }) => `catalogue/locations/${String(locationKey)}`,
  ignore_lists: (record) => {
    const { list_type, value } = IgnoreShape.pick({ list_type: true, value: true }).parse(record);
    return `catalogue/ignore/${ignoreIdOf(list_type, value)}`;
  },
  timestamps: ({ eventKey }) => `catalogue/events/${String(eventKey)}`,
  events: ({ eventKey }) => `catalogue/events/${String(eventKey)}`,
  walls: ({ wallKey }) => `wall:${String(wallKey)}`,
  webhooks: ({ id }) => `webhook:${String(id)}`,
};

/** The endpoint that shows what another one writes: `/streams/{id}` for whatever is below it. */
export function findShowing(endpoints: readonly Endpoint[], { path }: Endpoint): Endpoint | undefined {
  const shown = /^\/\w+\/\{id\}/.exec(path)?.[0];
  return endpoints.find((one) => one.method === 'get' && one.path === shown);
}

/**
 * Does what was asked, and leaves word for the audit of how the record was before and is after, as the API shows it. What
 * programs do is counted there, so nothing is read for it.
 * @param show reads the record
 */
export async function performNoted(
  { path, method, handle }: Pick<Endpoint, 'path' | 'method' | 'handle'>,
  show: Handle | undefined,
  asked: Asked<unknown, unknown>,
): Promise<RestAnswer> {
  if (asked.signedIn.person === undefined) return handle(asked);
  const read = async (): Promise<Fields | undefined> =>
    show === undefined ? undefined : recordOf(await show({ ...asked, query: undefined }).catch(ifRefused));
  const before = await read();
  const done = await handle(asked);
  const isGone = method === 'delete' && /^\/\w+\/\{id\}$/.test(path);
  const after = isGone ? undefined : (recordOf(done) ?? (await read()));
  const isRecord = before !== undefined || after !== undefined;
  noteChange(asked.request, {
    target: nameOf(path, after ?? before) ?? pathOf(asked),
    before: before && tidy(before),
    after: isRecord ? after && tidy(after) : tidy({ ...idsOf(asked.body), ...countsOf(done.body) }),
  });
  return done;
}

/** What cannot be shown is not there, or will be refused in the same words. */
function ifRefused(error: unknown): RestAnswer {
  if (error instanceof HttpRefusal) return {};
  throw error;
}

/** The record of an answer: what stands under its one name, and has an id. */
function recordOf({ body }: RestAnswer): Fields | undefined {
  if (!isFields(body)) return undefined;
  return Object.values(body).find((value): value is Fields => isFields(value) && 'id' in value);
}

const nameOf = (path: string, record: Fields | undefined): string | undefined =>
  record && NAMES[path.split('/', 2)[1] ?? '']?.(record).slice(0, 200);

const pathOf = ({ request }: Asked<unknown, unknown>): string =>
  (request.originalUrl.split('?', 1)[0] ?? '').slice(0, 200);

/** Of lists, how long they are; of the rest, what is short. */
function countsOf(body: unknown): Fields {
  if (!isFields(body)) return {};
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]): [string, unknown][] =>
      Array.isArray(value) ? [[name, value.length]] : isFields(value) ? [] : [[name, value]],
    ),
  );
}

/** What a request speaks of that removes several at once. */
const idsOf = (body: unknown): Fields => (isFields(body) && 'ids' in body ? { ids: body['ids'] } : {});

const tidy = (record: Fields): Fields =>
  shortenValues(
    Object.fromEntries(
      Object.entries(record).filter(([, value]) => value !== null && value !== undefined && value !== ''),
    ),
  );

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
