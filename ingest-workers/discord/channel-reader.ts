import type { Mark } from '../collect/inbox.ts';
import { isLater, type DiscordMessage } from './discord-types.ts';

/**
 * Reads one channel without a gap. While it catches up with what was said meanwhile, what is said now waits its turn:
 *
 *     live ──catchUp──▶ catching up ──everything read──▶ live
 *                          ▲   │
 *                          └───┘ too much was said meanwhile, or the line broke again
 */
export type ChannelReader = {
  /** Somebody has just said this. */
  readonly hear: (message: DiscordMessage) => void;
  /** Reads everything since the mark. Resolves when it is read; at once when the channel cannot be read at all. */
  readonly catchUp: () => Promise<void>;
};

export type ChannelReaderParts = Readonly<{
  channel: string;
  /** Up to where the channel was read; undefined if never. */
  mark: () => string | undefined;
  /** Where to begin when it was never read; undefined when that cannot be told. */
  findBeginning: () => Promise<string | undefined>;
  /** At most `PAGE` messages after an id, the earliest of them, in any order; undefined when there is no use in asking. */
  fetchAfter: (id: string) => Promise<readonly DiscordMessage[] | undefined>;
  /** Messages up to an id that were edited since; best effort. */
  fetchEdited: (id: string) => Promise<readonly DiscordMessage[]>;
  receive: (messages: readonly DiscordMessage[], mark?: Mark) => Promise<void>;
}>;

/** The most that Discord gives at once. */
export const PAGE = 100;
/** What is said while the reader catches up; of more than this the channel's history is asked again. */
const MAX_WAITING = 500;

export function createChannelReader(parts: ChannelReaderParts): ChannelReader {
  const { channel, receive } = parts;
  let waiting: DiscordMessage[] | undefined;
  let isBehind = false;
  let running: Promise<void> | undefined;

  const take = (messages: readonly DiscordMessage[]): Promise<void> => {
    const sorted = messages.toSorted((a, b) => (isLater(a.id, b.id) ? 1 : -1));
    const last = sorted.at(-1)?.id;
    const mark = parts.mark();
    if (last === undefined) return Promise.resolve();
    return receive(sorted, { channel, last: mark !== undefined && isLater(mark, last) ? mark : last });
  };
  const readHistory = async (): Promise<void> => {
    const known = parts.mark();
    const from = known ?? (await parts.findBeginning());
    if (from === undefined) return;
    if (known === undefined) await receive([], { channel, last: from });
    for (let after = from; ;) {
      const page = await parts.fetchAfter(after);
      if (page === undefined || page.length === 0) break;
      await take(page);
      after = page.reduce((latest, { id }) => (isLater(id, latest) ? id : latest), after);
      if (page.length < PAGE) break;
    }
    await receive(await parts.fetchEdited(from));
  };
  const run = async (): Promise<void> => {
    do {
      isBehind = false;
      await readHistory();
      const said = waiting ?? [];
      waiting = [];
      if (!isBehind) await take(said);
    } while (isBehind || waiting.length > 0);
    waiting = undefined;
    running = undefined;
  };
  return {
    hear(message) {
      if (waiting === undefined) void take([message]);
      else if (waiting.length < MAX_WAITING) waiting.push(message);
      else isBehind = true;
    },
    catchUp() {
      waiting ??= [];
      if (running !== undefined) isBehind = true;
      return (running ??= run());
    },
  };
}
