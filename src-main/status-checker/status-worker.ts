import type { ToStatusWorker } from '#shared/protocol/status-worker-messages.ts';

/** The process that checks who is live, as the desk sees it. */
export type StatusWorker = {
  readonly tell: (message: ToStatusWorker) => void;
  readonly stop: () => Promise<void>;
};

/** @param onMessage anything at all may come @param onEnd told once, also after `stop` */
export type StartStatusWorker = (events: {
  readonly onMessage: (message: unknown) => void;
  readonly onEnd: () => void;
}) => StatusWorker;
