/**
 * How much a document may hold. A command beyond a limit is refused with the limit's name; what was *received* beyond one
 * is not shown and is reported, and the part that is shown is chosen in the same way on every replica.
 * The lengths of single fields stand with the fields, in `shared/model` and `command.ts`.
 */

/** The roots that hold records in generations; `record-root.ts` says how. */
export type RecordRoot =
  'streams' | 'streamers' | 'locations' | 'ignore' | 'events' | 'walls' | 'tiles' | 'scenes' | 'rules';

/** The roots that hold plain values under flat keys. */
export type FlatRoot = 'meta' | 'settings' | 'audio' | 'safety';

/**
 * The most records that a root shows and that a command may add to. On walls, commands stop earlier (`shared/model/arrangement`),
 * so that what several desks add apart is still shown once they meet.
 */
export const MAX_RECORDS: Readonly<Record<RecordRoot, number>> = {
  streams: 20_000,
  streamers: 20_000,
  locations: 10_000,
  ignore: 20_000,
  events: 10_000,
  walls: 200,
  tiles: 2_000,
  scenes: 400,
  rules: 200,
};

/** Five writers and a year without anything retired come to 1,825. */
export const MAX_GENERATIONS = 5_000;
/** Copies of one record, in as many generations. */
export const MAX_COPIES = 16;
/** Births of one copy that are read; more makes it unreadable. Writers keep at most MAX_KEPT_BIRTHS. */
export const MAX_BIRTHS = 64;
export const MAX_KEPT_BIRTHS = 8;
/** Fields of one record that are read, an event's streams among them. */
export const MAX_FIELDS = 600;
/** Characters of the key of a field, of a record's id, and of a flat key. */
export const MAX_KEY_LENGTH = 200;
/** Of a field's value: characters, entries and nesting, all parts together. */
export const MAX_VALUE_SIZE = 100_000;
export const MAX_VALUE_DEPTH = 6;
/** Flat keys that are read from a root. */
export const MAX_FLAT_KEYS = 5_000;
/** The most characters that joined notes show, and the most tags. */
export const MAX_NOTES = 10_000;
export const MAX_TAGS = 50;
/** Problems that are listed one by one; all are counted. */
export const MAX_LISTED_PROBLEMS = 1_000;
/** Bytes of a document as it is stored (update v2). */
export const MAX_DOCUMENT_BYTES = 64 * 1024 * 1024;
/** How long a removal is remembered, so that a copy carried along by somebody else stays removed. */
export const TOMBSTONE_MS = 30 * 86_400_000;
