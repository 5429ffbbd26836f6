import type { TileFault } from '#shared/protocol/tile-report.ts';

/** What becomes of one attempt to bring media into an element. */
export type SourceEvents = {
  /** It was a broadcast when it was last played here: a recording under its address means that it is over. */
  readonly wasLive: boolean;
  readonly onAnswer: () => void;
  readonly onEnded: () => void;
  readonly onFailed: (fault: TileFault) => void;
};

/** What brings media into an element; `stop` lets go of it. */
export type MediaSource = { readonly stop: () => void };
