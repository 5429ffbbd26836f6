import { valueOf } from '#shared/document/stored-value.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { readStreamUrl, streamIdOf } from '#shared/model/stream-url.ts';
import type { Followed } from '../documents/stored-copy.ts';
import type { Made } from './document-writer.ts';

/**
 * Which streams others had stored before, of those that a write could not see yet: whoever adds one of these was not the
 * first, though it looked so. What counts is the order of the log, which is the same for all instances.
 * @param followed what the log holds behind what the writes were decided by, their own updates among it
 * @param made the updates of each write
 * @returns for each write the streams whose link somebody else had written
 */
export function findFirsts(followed: readonly Followed[], made: Made): readonly ReadonlySet<StreamId>[] {
  const own = made.flatMap((updates, write) => updates.map((bytes) => ({ bytes, write })));
  const others = new Set<StreamId>();
  const firsts = made.map(() => new Set<StreamId>());
  let next = 0;
  for (const { bytes, written } of followed) {
    const mine = own[next];
    if (mine !== undefined && Buffer.compare(mine.bytes, bytes) === 0) {
      for (const id of others) firsts[mine.write]?.add(id);
      next += 1;
    } else for (const id of streamsOf(written)) others.add(id);
  }
  return firsts;
}

/** @param written what stands where links do, unchecked */
function streamsOf(written: readonly unknown[]): readonly StreamId[] {
  return written.flatMap((stored) => {
    const link = valueOf(stored);
    const read = typeof link === 'string' ? readStreamUrl(link) : undefined;
    return read?.ok === true ? [streamIdOf(read.value.url)] : [];
  });
}
