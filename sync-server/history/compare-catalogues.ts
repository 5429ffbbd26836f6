import { samePlain } from '#shared/document/stored-value.ts';
import type { CatalogueView, ReadonlyTable } from '#shared/document/view.ts';
import { StreamId } from '#shared/model/ids.ts';

/** In this order, so that what others speak of is there before them. */
export const RECORD_KINDS = ['locations', 'streamers', 'streams', 'events', 'ignore'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];
export type RecordName = { readonly kind: RecordKind; readonly id: string };

/** How a record differs from what it was. `fields`: those that are not as they were; none for what is missing. */
export type Difference = RecordName & {
  readonly name: string;
  readonly link?: string;
  readonly what: 'missing' | 'changed';
  readonly fields: readonly string[];
};

export type Comparison = {
  readonly differences: readonly Difference[];
  /** How many records of each kind were added later. */
  readonly added: Readonly<Record<RecordKind, number>>;
};

export type Fields = Readonly<Record<string, unknown>>;

/** Who and what a record is, and what became of a stream in the world: neither goes back in time. */
const NOT_COMPARED: ReadonlySet<string> = new Set([
  ...['id', 'link', 'platform', 'code', 'addedAt', 'addedBy', 'continues'],
  ...['status', 'statusReason', 'statusAt', 'statusBy', 'manualUntil'],
  ...['lastLiveAt', 'startedAt', 'endedAt'],
]);

/** What is there no more or otherwise than it was, in the order in which it can be brought back. */
export function compareCatalogues(past: CatalogueView, now: CatalogueView): Comparison {
  const differences = RECORD_KINDS.flatMap((kind) =>
    [...tableOf(past, kind).values()].flatMap(({ id }) => compareRecord(past, now, { kind, id }) ?? []),
  );
  return {
    differences,
    added: {
      locations: countAdded(past, now, 'locations'),
      streamers: countAdded(past, now, 'streamers'),
      streams: countAdded(past, now, 'streams'),
      events: countAdded(past, now, 'events'),
      ignore: countAdded(past, now, 'ignore'),
    },
  };
}

/** Undefined when it is as it was, was not there, or is part of another stream by now. */
export function compareRecord(
  past: CatalogueView,
  now: CatalogueView,
  { kind, id }: RecordName,
): Difference | undefined {
  const was = recordOf(past, kind, id);
  if (was === undefined) return undefined;
  const is = recordOf(now, kind, id);
  const said = { kind, id, name: nameOf(was), ...linkOf(was) };
  if (is !== undefined) {
    const fields = differingFields(was, is);
    return fields.length === 0 ? undefined : { ...said, what: 'changed', fields };
  }
  const isMerged = kind === 'streams' && isShownElsewhere(now, id);
  return isMerged ? undefined : { ...said, what: 'missing', fields: [] };
}

/** The fields in which two states of a record differ; empty, false and left out are the same. */
export function differingFields(one: Fields, other: Fields): readonly string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter(
    (name) => !NOT_COMPARED.has(name) && !samePlain(saidIn(one, name), saidIn(other, name)),
  );
}

export function recordOf(view: CatalogueView, kind: RecordKind, id: string): Fields | undefined {
  return tableOf(view, kind).get(id);
}

type Named = Fields & { readonly id: string };
const tableOf = (view: CatalogueView, kind: RecordKind): ReadonlyTable<string, Named> => view[kind];

function countAdded(past: CatalogueView, now: CatalogueView, kind: RecordKind): number {
  const then = tableOf(past, kind);
  return [...tableOf(now, kind).values()].filter(({ id }) => !then.has(id)).length;
}

/** Whether a stream turned out to be one with another that is there. */
function isShownElsewhere({ streams, resolve }: CatalogueView, id: string): boolean {
  const known = StreamId.safeParse(id);
  return known.success && streams.has(resolve(known.data));
}

const saidIn = (record: Fields, name: string): unknown => {
  const value = record[name];
  return value === undefined || value === '' || value === false ? null : value;
};

/** The first of these that says something. */
const NAMES = ['name', 'label', 'title', 'source', 'city', 'value', 'link', 'id'];

function nameOf(record: Fields): string {
  const name = NAMES.find((field) => typeof record[field] === 'string' && record[field] !== '');
  return name === undefined ? '' : String(record[name]);
}

const linkOf = ({ link }: Fields): { link?: string } => (typeof link === 'string' ? { link } : {});
