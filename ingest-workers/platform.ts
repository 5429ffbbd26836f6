import type { CatalogueView, WallView } from '#shared/document/view.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { TileId } from '#shared/model/ids.ts';
import type { AnswerPort, CollectorParts } from './collect/collector-parts.ts';
import type { Collector } from './collect/collector.ts';
import type { Timers } from './timers.ts';

/** What a platform's bot sees of the worker that it runs in. */
export type PlatformSurroundings = Readonly<{
  catalogue: () => CatalogueView;
  /** Undefined while no wall is read, or this worker's key may not read it. */
  wall: () => WallView | undefined;
  /** Chooses what is heard. @returns why not, in words */
  listen: (tile: TileId) => Promise<string | undefined>;
  mark: (channel: string) => string | undefined;
  clock: Clock;
  timers: Timers;
  logger: Logger;
}>;

/** A platform's bot: where messages come from and answers go. */
export type Platform = Pick<CollectorParts, 'ruleOf' | 'users'> & {
  readonly answers: AnswerPort;
  /**
   * Begins to read, for as long as it is not stopped; what it cannot reach it tries again by itself.
   * @returns why there can never be a connection, if so
   */
  readonly start: (collector: Pick<Collector, 'receive' | 'kick'>) => Promise<string | undefined>;
  /** The catalogue or the wall is another; `changedStreams` are ids. */
  readonly lookAgain: (changedStreams: Iterable<string>) => void;
  readonly state: () => PlatformState;
  readonly onState: (listener: () => void) => void;
  readonly stop: () => Promise<void>;
};

export type PlatformState =
  | { readonly type: 'connecting' }
  | { readonly type: 'connected'; /** Channels whose past is still being read. */ readonly behind: number }
  | { readonly type: 'reconnecting'; readonly words: string }
  | { readonly type: 'ended'; readonly words: string };
