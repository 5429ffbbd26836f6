import { z } from 'zod';
import { StreamChanges } from '#shared/document/command.ts';
import { StreamFields, LabelPosition, Platform, Rotation } from '#shared/model/stream.ts';
import { blankToNull, clearable, TimeInput } from './rest-fields.ts';

/** Words that StreamSource's clients use for what a stream is, whatever their case. */
const word = <T extends string>(options: readonly T[], others: Readonly<Record<string, T>> = {}) => {
  const known = new Map<string, T>([
    ...options.map((option) => [option, option] as const),
    ...Object.entries(others),
  ]);
  return z
    .string()
    .max(40)
    .refine((text) => known.has(text.trim().toLowerCase()), `must be one of ${options.join(', ')}`)
    .transform((text) => known.get(text.trim().toLowerCase()) ?? ('' as T));
};

export const StatusInput = word(StreamFields.shape.status.options, {
  online: 'live',
  active: 'live',
  checking: 'unknown',
});
export const PlatformInput = word(Platform.options, {
  unknown: 'other',
  fb: 'facebook',
  yt: 'youtube',
  ig: 'instagram',
});
export const KindInput = word(StreamFields.shape.kind.options, { bg: 'background' });
export const OrientationInput = word(StreamFields.shape.orientation.options, {
  ...{ portrait: 'vertical', landscape: 'horizontal' },
});

/** An empty choice of a form is none. */
const emptyIsNull = <Schema extends z.ZodType>(schema: Schema) =>
  z.union([z.literal('').transform(() => null), z.null(), schema]);

const PlaceInput = z.object({
  city: z.string().trim().min(1).max(120),
  state_province: clearable(120).optional(),
  region: clearable(120).optional(),
  country: clearable(120).optional(),
  latitude: z.number().min(-90).max(90).nullable().optional(),
  longitude: z.number().min(-180).max(180).nullable().optional(),
});
export type PlaceInput = z.infer<typeof PlaceInput>;

const Id = z.int().min(1).max(2_147_483_647);

/** What may be said of a stream: StreamSource's fields, and ours. What a client adds beyond these is left aside. */
const fields = {
  source: clearable(255),
  status: emptyIsNull(StatusInput),
  /** The link says which it is; what a client says is checked and left aside. */
  platform: emptyIsNull(PlatformInput),
  orientation: emptyIsNull(OrientationInput),
  kind: emptyIsNull(KindInput),
  city: clearable(120),
  state: clearable(120),
  country: clearable(120),
  notes: clearable(10_000),
  title: clearable(500),
  posted_by: clearable(255),
  location_id: Id.nullable(),
  location: PlaceInput.nullable(),
  streamer_id: Id.nullable(),
  /** Found by name, or made. */
  streamer_name: z.string().trim().min(1).max(255),
  is_pinned: z.boolean().nullable(),
  is_archived: z.boolean().nullable(),
  started_at: emptyIsNull(TimeInput),
  ended_at: emptyIsNull(TimeInput),
  last_live_at: emptyIsNull(TimeInput),
  last_checked_at: emptyIsNull(TimeInput),
  code: StreamFields.shape.code,
  label: clearable(120),
  labelPosition: LabelPosition.nullable(),
  latitude: z.number().min(-90).max(90).nullable(),
  longitude: z.number().min(-180).max(180).nullable(),
  rotation: Rotation.nullable(),
  tags: z.array(z.string().max(60)).max(50).nullable(),
  moderation: StreamFields.shape.moderation.nullable(),
  no_check: z.boolean().nullable(),
  statusReason: clearable(500),
  /** Until when this status holds against checkers. */
  manual_until: emptyIsNull(TimeInput),
};

export const StreamChangesInput = z.object(fields).partial().meta({ id: 'StreamChanges' });
export type StreamChangesInput = z.infer<typeof StreamChangesInput>;
export const NewStreamInput = z
  .object({ link: z.string().trim().min(1).max(4_096), ...z.object(fields).partial().shape })
  .meta({ id: 'NewStream' });
export type NewStreamInput = z.infer<typeof NewStreamInput>;
export const ChangedStreamInput = StreamChangesInput.extend({ link: z.string().max(4_096).optional() });

/** The document's names of what the API calls otherwise. */
const NAMES: Readonly<Partial<Record<keyof StreamChangesInput, keyof StreamChanges>>> = {
  ...{ source: 'source', orientation: 'orientation', kind: 'kind', city: 'city', state: 'region' },
  ...{ country: 'country', notes: 'notes', title: 'title', posted_by: 'postedBy', is_pinned: 'pinned' },
  ...{ is_archived: 'archived', started_at: 'startedAt', ended_at: 'endedAt', last_live_at: 'lastLiveAt' },
  ...{ label: 'label', labelPosition: 'labelPosition', code: 'code', latitude: 'latitude' },
  ...{ longitude: 'longitude', rotation: 'rotation', tags: 'tags', moderation: 'moderation' },
  ...{ no_check: 'noCheck', status: 'status', statusReason: 'statusReason', manual_until: 'manualUntil' },
};

/** What is said in the words of the document; null clears. Text that says nothing clears, too. */
export function changesOf(input: StreamChangesInput): StreamChanges {
  const said = Object.entries(NAMES).flatMap(([from, to]) => {
    const value = input[from as keyof StreamChangesInput];
    if (value === undefined) return [];
    return [[to, typeof value === 'string' ? blankToNull(value) : value] as const];
  });
  return StreamChanges.parse(Object.fromEntries(said));
}
