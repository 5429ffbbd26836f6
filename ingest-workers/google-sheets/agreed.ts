import { z } from 'zod';
import { StreamId } from '#shared/model/ids.ts';
import { sharedColumns, type SharedColumn } from './sheet-columns.ts';

/**
 * What sheet and document said alike when they were last compared, by stream. It outlives the program: who changed a cell
 * since is told by it, and that a row was there before and was deleted.
 */
export const Agreed = z.object({
  version: z.literal(1),
  streams: z.record(StreamId, z.partialRecord(z.enum(sharedColumns), z.string())),
  /** Ids of ignore rules that came from the sheet. */
  ignore: z.array(z.string()),
});
export type Agreed = z.infer<typeof Agreed>;

export const nothingAgreed: Agreed = { version: 1, streams: {}, ignore: [] };

/** What is agreed on, with what has just been done on one side. */
export function noteAgreed(
  streams: Agreed['streams'],
  done: Iterable<
    Readonly<{ id: StreamId; texts: Readonly<Partial<Record<SharedColumn, string>>> | undefined }>
  >,
): Agreed['streams'] {
  const noted = { ...streams };
  for (const { id, texts } of done) noted[id] = { ...noted[id], ...texts };
  return noted;
}
