import type { StreamId } from '#shared/model/ids.ts';
import type { Memory } from './belief.ts';
import type { Checked } from './check-book.ts';
import type { Subject } from './status-route.ts';

/**
 * Whom one wants to be told of most: known streamers by their priority, then who is live, then who was live last. What is over
 * for good is not among them.
 */
export function rankForPush(
  streams: readonly Checked[],
  memoryOf: (id: StreamId) => Memory | undefined,
): readonly Subject[] {
  const ranked = streams.flatMap(({ subject, memory, priority = -1 }) => {
    const known = memoryOf(subject.id) ?? memory;
    if (known.isFinal || known.belief.status === 'gone') return [];
    const isLive = known.belief.status === 'live';
    return [{ subject, priority, isLive, lastLiveAt: known.lastLiveAt ?? 0 }];
  });
  ranked.sort(
    (a, b) => b.priority - a.priority || Number(b.isLive) - Number(a.isLive) || b.lastLiveAt - a.lastLiveAt,
  );
  return ranked.map(({ subject }) => subject);
}
