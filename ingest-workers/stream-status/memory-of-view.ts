import type { StreamView } from '#shared/document/view.ts';
import type { Memory } from './belief.ts';
import { MAYBE_ENDED } from './status-words.ts';

/** What a checker that is new to a stream remembers of it: what the document says. */
export function memoryOfView(view: StreamView): Memory {
  const { status, statusReason = '', statusAt, lastLiveAt, startedAt } = view;
  const isMaybeEnded = status === 'live' && statusReason.startsWith(MAYBE_ENDED);
  const reason = isMaybeEnded ? statusReason.slice(MAYBE_ENDED.length) : statusReason;
  // The document says when it was live last only once it is not.
  const lastSeen = status === 'live' ? (statusAt ?? lastLiveAt) : lastLiveAt;
  return {
    belief: { status, reason, isMaybeEnded },
    details: {},
    silences: 0,
    isFinal: false,
    addedAt: view.addedAt,
    ...(lastSeen === undefined ? {} : { lastLiveAt: lastSeen }),
    ...(startedAt === undefined ? {} : { lastStartedAt: startedAt }),
    ...(isMaybeEnded && statusAt !== undefined
      ? { doubt: { status: 'offline' as const, sinceMs: statusAt, reads: 1 } }
      : {}),
  };
}
