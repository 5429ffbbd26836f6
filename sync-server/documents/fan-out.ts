import type { ActorId } from '#shared/model/ids.ts';
import type { Signal, SignalAnswer } from '#shared/protocol/sync-messages.ts';
import type { PresenceEntry } from './presence-entries.ts';

/**
 * How the instances of one server tell each other what happened. Nothing here is durable and anything may be lost: a
 * receiver notices a gap in the numbers and asks the update log.
 */
export type FanOut = {
  publish(document: string, news: News): void;
  /** Hears the news of one document from the *other* instances, in the order of each of them. @returns how to stop */
  subscribe(document: string, listener: (news: News) => void): Promise<() => Promise<void>>;
  /** Whether others can be heard now. While `disconnected`, new numbers are found by asking the log. */
  state(): 'alone' | 'connected' | 'disconnected';
};

export type News =
  /** Updates that were stored under `from` and the numbers after it. */
  | { readonly type: 'updates'; readonly from: number; readonly updates: readonly ToldUpdate[] }
  /** Updates that could not be stored yet, because the database is away. They get their numbers when it is back. */
  | { readonly type: 'unsaved'; readonly updates: readonly ToldUpdate[] }
  /** What changed of who is connected to the instance that tells it. */
  | { readonly type: 'presence'; readonly entries: readonly ToldPresence[] }
  | SignalNews;

/** A request to whoever shows a wall, under an id that only its asker's instance knows, and what came back. */
export type SignalNews =
  | { readonly type: 'signal'; readonly signal: Signal }
  | { readonly type: 'signal-answer'; readonly answer: SignalAnswer };

export type ToldUpdate = { readonly bytes: Uint8Array; readonly actor: ActorId; readonly carried: boolean };
export type ToldPresence = PresenceEntry & { readonly actor: ActorId };
