import type { StreamId } from '#shared/model/ids.ts';
import type { ShownPush } from '#shared/protocol/worker-presence.ts';
import type { Answer } from './reading.ts';
import type { Subject } from './status-route.ts';

/** A platform that tells by itself who goes live and who ends. All streams are asked about all the same. */
export type PushSource = {
  /** Whom one wants to hear of, the most important first: there may be room for a few. */
  readonly want: (subjects: readonly Subject[]) => void;
  readonly shown: () => ShownPush;
  readonly stop: () => void;
};

/** `onWord` is called with what the platform says, as it says it. */
export type OpenPush = (onWord: (id: StreamId, answer: Answer) => void) => PushSource;
