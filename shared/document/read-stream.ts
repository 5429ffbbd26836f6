import { type Stamp, stampMs } from '../kernel/stamp.ts';
import type { StreamId } from '../model/ids.ts';
import { LabelPosition, Platform, type StreamCode, StreamFields, StreamKind } from '../model/stream.ts';
import {
  type FieldCheck,
  isActor,
  isBoolean,
  isId,
  isLink,
  isListOf,
  isNumber,
  isOneOf,
  isStreamCode,
  isText,
  isTime,
} from './field-checks.ts';
import { MAX_NOTES, MAX_TAGS } from './limits.ts';
import {
  readManual,
  readStatus,
  shownStatus,
  type StoredManual,
  type StoredStatus,
} from './stream-status.ts';
import type { StreamView } from './view.ts';

/** A stream as its record says, before codes are made unique and streams that are one are made one. */
export type StreamEntry = {
  readonly id: StreamId;
  /** The first birth of the record: who was there before whom. */
  readonly birth: Stamp;
  /** As it is shown if nothing else is said; `code` is empty when the record has none that can be read. */
  readonly view: StreamView;
};

/** Says what of a record is not shown, and why. */
export type Report = (reason: string) => void;

/** Calls back for each field of a record with its bare value, unchecked. */
export type EachField = (visit: (name: string, value: unknown) => void) => void;

/** Every stored field but the two that make up the status, with its check. */
export const STREAM_CHECKS: ReadonlyMap<string, FieldCheck> = new Map<string, FieldCheck>([
  ['link', isLink],
  ['platform', isOneOf(Platform.options)],
  ['kind', isOneOf(StreamKind.options)],
  ['code', isStreamCode],
  ['title', isText(500)],
  ['label', isText(120)],
  ['labelPosition', isOneOf(LabelPosition.options)],
  ['source', isText(255)],
  ['streamer', isId],
  ['city', isText(120)],
  ['region', isText(120)],
  ['country', isText(120)],
  ['latitude', isNumber(-90, 90)],
  ['longitude', isNumber(-180, 180)],
  ['location', isId],
  ['moderation', isOneOf(StreamFields.shape.moderation.options)],
  ['continues', isId],
  ['lastLiveAt', isTime],
  ['startedAt', isTime],
  ['endedAt', isTime],
  ['orientation', isOneOf(StreamFields.shape.orientation.options)],
  ['rotation', isOneOf([0, 90, 180, 270])],
  ['notes', isText(MAX_NOTES)],
  ['tags', isListOf(isText(60), MAX_TAGS)],
  ['pinned', isBoolean],
  ['archived', isBoolean],
  ['noCheck', isBoolean],
  ['postedBy', isText(255)],
  ['addedBy', isActor],
  ['addedAt', isTime],
]);

const NO_CODE = '' as StreamCode;

type MutableStream = { -readonly [K in keyof StreamView]: StreamView[K] };

/**
 * Reads a stream, or null when it has no link that can be read. Other fields that cannot be read are left out and
 * reported; `knowsAll` says whether unknown fields are worth a report, or are a newer program's.
 */
export function readStream(
  id: StreamId,
  birth: Stamp,
  eachField: EachField,
  report: Report,
  knowsAll = true,
): StreamEntry | null {
  const view = {
    id,
    link: '',
    platform: 'other',
    kind: 'video',
    code: NO_CODE,
    status: 'unknown',
    addedAt: stampMs(birth),
  } as unknown as MutableStream & Record<string, unknown>;
  let status: StoredStatus | null = null;
  let manual: StoredManual | null = null;
  eachField((name, value) => {
    const check = STREAM_CHECKS.get(name);
    if (check?.(value)) view[name] = value;
    else if (name === 'status') status = readStatus(value) ?? unreadable(name, report);
    else if (name === 'manual') manual = readManual(value) ?? unreadable(name, report);
    else if (check !== undefined) unreadable(name, report);
    else if (knowsAll) report('a field is not known');
  });
  if (!view.link) return (report('it has no link that can be read'), null);
  Object.assign(view, shownStatus(status, manual));
  return { id, birth, view };
}

function unreadable(name: string, report: Report): null {
  report(`its ${name} cannot be read`);
  return null;
}
