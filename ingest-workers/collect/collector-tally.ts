import type { Outcome } from './verdict.ts';

/** What a worker has done since it began, for its metrics. All counts go up only. */
export type CollectorTally = {
  readonly read: () => void;
  readonly found: (links: number) => void;
  readonly refused: (reason: string) => void;
  readonly outcome: (outcome: Outcome) => void;
  /** From when something was said to when its answer was given, in milliseconds. */
  readonly answered: (lagMs: number) => void;
  readonly copyFailed: () => void;
  readonly counts: () => TallyCounts;
};

export type TallyCounts = Readonly<{
  messagesRead: number;
  linksFound: number;
  outcomes: Readonly<Record<Outcome, number>>;
  refusedByReason: Readonly<Record<string, number>>;
  answered: number;
  /** Of the latest answer, in milliseconds. */
  lastLagMs: number;
  copyFailures: number;
}>;

export function createTally(): CollectorTally {
  const outcomes = { added: 0, waiting: 0, known: 0, ignored: 0, limited: 0, failed: 0 };
  const refusedByReason: Record<string, number> = {};
  const counts = { messagesRead: 0, linksFound: 0, answered: 0, lastLagMs: 0, copyFailures: 0 };
  return {
    read: () => void counts.messagesRead++,
    found: (links) => void (counts.linksFound += links),
    refused: (reason) => void (refusedByReason[reason] = (refusedByReason[reason] ?? 0) + 1),
    outcome: (outcome) => void outcomes[outcome]++,
    answered(lagMs) {
      counts.answered += 1;
      counts.lastLagMs = lagMs;
    },
    copyFailed: () => void counts.copyFailures++,
    counts: () => ({ ...counts, outcomes: { ...outcomes }, refusedByReason: { ...refusedByReason } }),
  };
}
