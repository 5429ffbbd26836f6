import type { z } from 'zod';
import { fail, ok, type Result } from '../../kernel/result.ts';
import { StreamFields, type Link } from '../stream.ts';
import { readStreamUrl, streamIdOf } from '../stream-url.ts';
import type { StreamId } from '../ids.ts';

/** What a list may say of a stream, beside its link. All fields are checked; those that cannot be read are named. */
export type ListedFields = Partial<
  Pick<
    StreamFields,
    | 'kind'
    | 'code'
    | 'title'
    | 'label'
    | 'labelPosition'
    | 'source'
    | 'city'
    | 'region'
    | 'country'
    | 'latitude'
    | 'longitude'
    | 'status'
    | 'orientation'
    | 'rotation'
    | 'notes'
    | 'tags'
    | 'pinned'
    | 'noCheck'
    | 'postedBy'
  >
>;

export type ListedStream = Readonly<{
  link: Link;
  id: StreamId;
  fields: ListedFields;
  /** Fields that said something that cannot be, as a sentence each. The rest of the stream is taken. */
  left: readonly string[];
}>;

/** Names as lists write them, in small letters without signs, and the field that each means. */
const names: Readonly<Record<string, keyof ListedFields | 'link'>> = {
  link: 'link',
  url: 'link',
  address: 'link',
  kind: 'kind',
  code: 'code',
  title: 'title',
  label: 'label',
  name: 'label',
  labelposition: 'labelPosition',
  source: 'source',
  city: 'city',
  state: 'region',
  region: 'region',
  country: 'country',
  latitude: 'latitude',
  lat: 'latitude',
  longitude: 'longitude',
  lng: 'longitude',
  lon: 'longitude',
  status: 'status',
  orientation: 'orientation',
  rotation: 'rotation',
  notes: 'notes',
  note: 'notes',
  tags: 'tags',
  pinned: 'pinned',
  ispinned: 'pinned',
  nocheck: 'noCheck',
  postedby: 'postedBy',
};

/** One entry of a list, as JSON, TOML or CSV give it. Refused, in a sentence, only where it names no stream. */
export function readStreamRecord(record: Readonly<Record<string, unknown>>): Result<ListedStream, string> {
  const named = new Map<string, unknown>();
  for (const [name, value] of Object.entries(record)) {
    const key = name.toLowerCase().replace(/[^a-z]/g, '');
    const field = Object.hasOwn(names, key) ? names[key] : undefined;
    if (field !== undefined && !isEmpty(value) && !named.has(field)) named.set(field, value);
  }
  const written = named.get('link');
  if (typeof written !== 'string') return fail('It has no link.');
  const link = readStreamUrl(written.trim());
  if (!link.ok) return fail(link.error.message);
  named.delete('link');
  const { fields, left } = readFields(named);
  return ok({ link: link.value.url, id: streamIdOf(link.value.url), fields, left });
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

function readFields(named: ReadonlyMap<string, unknown>): {
  readonly fields: ListedFields;
  readonly left: readonly string[];
} {
  const fields: Record<string, unknown> = {};
  const left: string[] = [];
  for (const [name, value] of named) {
    const schema: z.ZodType = StreamFields.shape[name as keyof ListedFields];
    const parsed = schema.safeParse(asField(name, value));
    if (parsed.success) fields[name] = parsed.data;
    else left.push(`${name} cannot be “${shown(value)}”`);
  }
  return { fields, left };
}

const shown = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 40);

/** What other programs write for what we call by another name or type. */
function asField(name: string, value: unknown): unknown {
  const text = typeof value === 'string' ? value.trim() : value;
  switch (name) {
    case 'latitude':
    case 'longitude':
    case 'rotation':
      return typeof text === 'string' ? Number(text) : text;
    case 'pinned':
    case 'noCheck':
      return typeof text === 'string' ? ['true', 'yes', '1', 'x'].includes(text.toLowerCase()) : text;
    case 'tags':
      return typeof text === 'string'
        ? text
            .split(/[,;]/)
            .map((tag) => tag.trim())
            .filter(Boolean)
        : text;
    case 'status':
    case 'kind':
    case 'labelPosition':
      return typeof text === 'string' ? text.toLowerCase() : text;
    case 'code':
      return typeof text === 'string' ? text.toLowerCase() : text;
    case 'orientation':
      return ORIENTATIONS[String(text).toLowerCase()] ?? text;
    default:
      return typeof text === 'number' ? String(text) : text;
  }
}

const ORIENTATIONS: Readonly<Record<string, string>> = {
  v: 'vertical',
  h: 'horizontal',
  portrait: 'vertical',
  landscape: 'horizontal',
  vertical: 'vertical',
  horizontal: 'horizontal',
};
