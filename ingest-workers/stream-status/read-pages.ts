import type { StreamId } from '#shared/model/ids.ts';
import { StreamRead } from '#shared/protocol/worker-presence.ts';
import { takeFitting } from '../take-fitting.ts';
import type { Answer } from './reading.ts';

/** What was read of streams besides their state, shown part by part: there is room for some of it at a time. */
export type ReadPages = {
  readonly note: (id: StreamId, answer: Answer, nowMs: number) => void;
  /** What is to be shown next: what is new first, then what is live and was shown longest ago. */
  readonly next: () => readonly StreamRead[];
};

/** A page's size as JSON: half of what a program may show of itself. */
const PAGE_BYTES = 7000;
const MAX_PAGE = 200;
/** Of more streams than this the oldest reads are dropped. */
const MAX_KEPT = 10_000;

type Kept = { readonly read: StreamRead; readonly isLive: boolean; isShown: boolean };

export function createReadPages(): ReadPages {
  const kept = new Map<StreamId, Kept>();
  return {
    note(id, { status, details }, nowMs) {
      kept.delete(id);
      const { viewers, thumbnail } = details;
      const read = StreamRead.safeParse({ id, at: nowMs, viewers, thumbnail });
      if (!read.success) return;
      kept.set(id, { read: read.data, isLive: status === 'live', isShown: false });
      const [oldest] = kept.keys();
      if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    },
    next() {
      const ranked = [...kept.values()].sort((a, b) => rank(a) - rank(b)).slice(0, MAX_PAGE);
      const page = takeFitting(
        ranked.map(({ read }) => read),
        PAGE_BYTES,
      );
      for (const each of ranked.slice(0, page.length)) {
        kept.delete(each.read.id);
        if (each.isLive) kept.set(each.read.id, { ...each, isShown: true });
      }
      return page;
    },
  };
}

/** The sort is stable: within a rank the one that was shown or read longest ago is first. */
const rank = ({ isLive, isShown }: Kept) => (isShown ? 2 : isLive ? 0 : 1);
