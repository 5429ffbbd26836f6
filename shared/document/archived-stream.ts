import { z } from 'zod';
import { isStamp, type Stamp } from '../kernel/stamp.ts';
import { MAX_BIRTHS, MAX_FIELDS } from './limits.ts';
import { mergeCopies } from './merge-copies.ts';
import { isFieldName, isPlain, type Plain, type StoredRecord } from './stored-value.ts';

/** A record as it stood in its document, whole: what archives keep and give back. Plain JSON. */
const ArchivedStamp = z.custom<Stamp>(isStamp, 'not a stamp');
const ArchivedField = z.strictObject({ value: z.custom<Plain>(isPlain, 'not plain'), stamp: ArchivedStamp });

export const ArchivedStream = z.strictObject({
  births: z.array(ArchivedStamp).min(1).max(MAX_BIRTHS),
  fields: z
    .record(z.string().refine(isFieldName), ArchivedField)
    .refine((fields) => Object.keys(fields).length <= MAX_FIELDS, 'too many fields'),
});
export type ArchivedStream = z.infer<typeof ArchivedStream>;

/**
 * What an archive keeps of a record that is retired again: all that either knew. A stream that came back without its past,
 * because nobody asked for it, must not put it out of the archive.
 */
export function joinArchived(before: StoredRecord, now: StoredRecord): StoredRecord {
  return mergeCopies([before, now]);
}
