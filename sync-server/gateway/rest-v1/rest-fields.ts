import { z } from 'zod';
import { ActorId } from '#shared/model/ids.ts';

/** Parts that several requests and answers have. */

export const isoTime = (ms: number | null | undefined): string | null =>
  ms === undefined || ms === null ? null : new Date(ms).toISOString();

/** A time in an answer. */
export const Time = z.iso.datetime();

/** A time as clients write it: ISO 8601, with or without an offset (then UTC). Becomes milliseconds since 1970. */
export const TimeInput = z
  .string()
  .max(40)
  .regex(
    /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?( ?(Z|UTC|[+-]\d{2}:?\d{2}))?)?$/,
    'is no time',
  )
  .transform((text, context) => {
    const bare = text
      .trim()
      .replace(' UTC', 'Z')
      .replace(/^(\S+) (\d)/, '$1T$2')
      .replace(' ', '');
    const ms = Date.parse(/T/.test(bare) && !/(Z|[+-]\d{2}:?\d{2})$/.test(bare) ? `${bare}Z` : bare);
    if (Number.isNaN(ms) || ms < 0 || !isInCalendar(bare)) {
      context.addIssue('is no time');
      return z.NEVER;
    }
    return ms;
  });

/** `Date` takes the 31st of February for the 3rd of March. */
function isInCalendar(time: string): boolean {
  const [year, month, day] = time.slice(0, 10).split('-').map(Number);
  const date = new Date(Date.UTC(year ?? 0, (month ?? 0) - 1, day));
  return date.getUTCMonth() + 1 === month && date.getUTCDate() === day;
}

/** What a query leaves empty, as forms do with what nobody filled in, is not asked for. */
export const emptyIsAbsent = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional()).optional();

/** `true`, `1`, … as query strings and forms have it. */
export const Flag = z
  .enum(['true', 'false', '1', '0', 'yes', 'no'])
  .transform((word) => word === 'true' || word === '1' || word === 'yes');

const whole = (max: number) => z.coerce.number().int().min(1).max(max);
export const Page = z.object({
  page: emptyIsAbsent(whole(1_000_000)).transform((page = 1) => page),
  per_page: emptyIsAbsent(whole(100)).transform((most = 25) => most),
});
export type Page = z.infer<typeof Page>;

/** Where a page lies in the whole, in the words of both of StreamSource's kinds of lists. */
export const PageMeta = z.object({
  current_page: z.int(),
  next_page: z.int().nullable(),
  prev_page: z.int().nullable(),
  total_pages: z.int(),
  total_count: z.int(),
  per_page: z.int(),
});

export function metaOf(total: number, { page, per_page }: Page): z.infer<typeof PageMeta> {
  const pages = Math.max(1, Math.ceil(total / per_page));
  return {
    ...{ current_page: page, next_page: page < pages ? page + 1 : null },
    ...{ prev_page: page > 1 ? Math.min(page - 1, pages) : null },
    ...{ total_pages: pages, total_count: total, per_page },
  };
}

/** Who did something: a person, with their number, or a program. */
export const Owner = z.object({
  id: z.int().nullable(),
  email: z.string().nullable(),
  role: z.enum(['default', 'editor', 'admin']),
  name: z.string(),
  actor: ActorId,
  created_at: Time.nullable(),
  updated_at: Time.nullable(),
});

/** Text that a client may also give as null, or as nothing, to clear it. */
export const clearable = (max: number) => z.string().max(max).nullable();

export const blankToNull = <T extends string | null | undefined>(text: T): T | null =>
  typeof text === 'string' && text.trim() === '' ? null : text;
