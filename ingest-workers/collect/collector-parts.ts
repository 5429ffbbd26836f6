import type { IgnoreList } from '#shared/document/catalogue-fields.ts';
import type { StreamView } from '#shared/document/view.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { ActorId } from '#shared/model/ids.ts';
import type { Replica } from '#shared/replica/replica.ts';
import type { Timers } from '../timers.ts';
import type { AuthorLimit } from './author-limit.ts';
import type { ChatMessage } from './chat-message.ts';
import type { CollectorTally } from './collector-tally.ts';
import type { ChannelRule } from './decide-message.ts';
import type { Inbox } from './inbox.ts';
import type { SavedWatch } from './saved-watch.ts';
import type { ResolveShortLink } from './short-links.ts';
import type { Outcome } from './verdict.ts';

/** What a worker hands to its collector. */
export type CollectorParts = Readonly<{
  inbox: Inbox;
  replica: Pick<Replica, 'catalogue' | 'send'>;
  /** Whose edits the replica makes. */
  actor: () => ActorId;
  saved: SavedWatch;
  /** Whether the catalogue has been seen since this copy was made: before that, nobody knows who is ignored. */
  isReady: () => boolean;
  resolveShort: ResolveShortLink;
  platform: AnswerPort;
  /** Undefined for a channel that is not read any more. */
  ruleOf: (channel: string) => ChannelRule | undefined;
  users: Extract<IgnoreList, 'twitch_user' | 'discord_user'>;
  authorLimit: AuthorLimit;
  /** Where accepted streams are written a second time, if anywhere. */
  copy: AcceptedCopy | undefined;
  /** Whether new links wait until that place has them. */
  waitsForSheet: boolean;
  /** Whether an admin has switched a platform off; without it, none is. */
  isOff?: ((platform: string) => boolean) | undefined;
  tally: CollectorTally;
  timers: Timers;
  nowMs: () => number;
  logger: Logger;
}>;

/** How a platform tells people what became of their links. */
export type AnswerPort = {
  /**
   * Says it; saying the same again changes nothing. `mayBeHeld`: the message may carry the sign that it is held.
   * @returns `later` when the platform cannot be reached now; `over` when it is said, or can never be
   */
  readonly answer: (
    message: ChatMessage,
    outcomes: readonly Outcome[],
    mayBeHeld: boolean,
  ) => Promise<'over' | 'later'>;
  /** Says that the links are safe here, and that the server has not got them yet. Best effort; never rejects. */
  readonly hold: (message: ChatMessage) => Promise<void>;
};

/** A second place for accepted streams, such as a sheet. */
export type AcceptedCopy = {
  /**
   * Appends streams that are not there yet, by their links; called again with the same ones after a crash. Rejects when it
   * could not: it is then called again later. The first place counts; this one never holds anything up.
   */
  readonly append: (streams: readonly StreamView[]) => Promise<void>;
};
