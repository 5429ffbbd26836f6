import type { ChatMessage } from './chat-message.ts';
import type { Outcome, Verdict } from './verdict.ts';

/**
 * What a worker has taken from its platform and is not done with, on its disk. A message goes through it once:
 *
 *     received ──▶ decided ──▶ applied ──▶ done
 *
 * Each step is repeated after a crash without anybody noticing: what was decided stays decided, so that whoever posted a
 * link gets the answer that was true when it was read.
 */
export type Inbox = {
  /**
   * Takes messages and moves marks, both on disk when it returns.
   * @returns for each message whether it is new; of one that was taken before nothing is changed
   */
  readonly take: (messages: readonly NewMessage[], marks: readonly Mark[]) => readonly boolean[];
  /** Everything up to this message has been taken; undefined for a channel that was never read. */
  readonly mark: (channel: string) => string | undefined;
  /** The first messages that are in a state, in the order in which they were taken, after a row. */
  readonly received: (limit: number, afterRow: number) => readonly ReceivedEntry[];
  readonly decided: (limit: number, afterRow: number) => readonly DecidedEntry[];
  readonly applied: (limit: number, afterRow: number) => readonly AppliedEntry[];
  /** The first message after a row that is not done, whatever its state. */
  readonly waitingAfter: (row: number) => WaitingEntry | undefined;
  /** The row that was taken last; 0 before the first. */
  readonly lastRow: () => number;
  /** The links of a message's other versions; `taken` when this version is in here already. */
  readonly linksOf: (channel: string, id: string, version: string) => readonly string[] | 'taken';
  /** On disk when it returns. */
  readonly decide: (
    decisions: readonly { readonly row: number; readonly verdicts: readonly Verdict[] }[],
  ) => void;
  /** The edits are on disk elsewhere; this may be forgotten in a power cut, and is then done again. */
  readonly apply: (
    applied: readonly { readonly row: number; readonly outcomes: readonly Outcome[] }[],
  ) => void;
  /** The poster has got the answer, or never will. May be forgotten likewise. */
  readonly finish: (rows: readonly number[]) => void;
  /** How many messages are in each state before `done`. */
  readonly counts: () => InboxCounts;
  readonly close: () => void;
};

export type NewMessage = Readonly<{
  message: ChatMessage;
  /** Its links that no earlier version had. */
  links: readonly string[];
  /** Absent when it cannot be decided yet. */
  verdicts?: readonly Verdict[];
}>;

export type Mark = { readonly channel: string; readonly last: string };

export type InboxCounts = Readonly<{ received: number; decided: number; applied: number }>;

export type WaitingEntry = Readonly<{
  /** Counts up. */
  row: number;
  message: ChatMessage;
}>;
export type ReceivedEntry = WaitingEntry & { readonly links: readonly string[] };
export type DecidedEntry = ReceivedEntry & { readonly verdicts: readonly Verdict[] };
export type AppliedEntry = DecidedEntry &
  Readonly<{
    /** One for each verdict. */
    outcomes: readonly Outcome[];
    /** It was taken by an earlier run of this program. */
    isFromBefore: boolean;
  }>;
