import type { StreamView } from '#shared/document/view.ts';
import type { Memory } from './belief.ts';
import { MAYBE_ENDED } from './status-words.ts';

/** What a checker that is new to a stream remembers of it: what the document says. */
export function memoryOfView(view: StreamView): Memory {
  const { status, statusReason = '', statusAt, lastLiveAt, startedAt } = view;
  const isMaybeEnded = status === 'live' && statusReason.startsWith(MAYBE_ENDED);
  const reason = isMaybeEnded ? statusReason.slice(MAYBE_ENDED.length) : statusReason;
  return {
    belief: { status, reason, isMaybeEnded },
    details: {},
    silences: 0,
    isFinal: false,
    addedAt: view.addedAt,
    ...(lastLiveAt === undefined ? {} : { lastLiveAt }),
    ...(startedAt === undefined ? {} : { lastStartedAt: startedAt }),
    ...(isMaybeEnded && statusAt !== undefined
      ? { doubt: { status: 'offline' as const, sinceMs: statusAt, reads: 1 } }
      : {}),
  };
}
