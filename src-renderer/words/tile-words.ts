import type { TileReport, TileState } from '#shared/protocol/tile-report.ts';
import type { StatusTone } from '../ui/StatusMark.tsx';
import { messages } from './messages.ts';
import { inOwnWords } from './told-words.ts';
import { secondsUntil } from './time-words.ts';

/** How a tile is doing on the wall, as shown: a tone, a word or two, and the reason as the wall gives it. */
export type TileCondition = Readonly<{ tone: StatusTone; words: string; reason: string }>;

const tones: Readonly<Record<TileState, StatusTone>> = {
  loading: 'busy',
  waiting: 'busy',
  playing: 'playing',
  stalled: 'recovering',
  retrying: 'recovering',
  offline: 'offline',
  parked: 'offline',
  failed: 'failed',
};

const stateWords: Readonly<Record<TileState, string>> = messages.tiles;

/** A tile without a report is on no screen yet. */
export function tileCondition(report: TileReport | undefined, nowMs: number): TileCondition {
  if (report === undefined) return { tone: 'unknown', words: messages.noScreen, reason: '' };
  return {
    tone: tones[report.state],
    words: stateAndRetry(report, nowMs),
    reason: inOwnWords(report.words.replace(SENT_COUNTDOWN, '').trim()),
  };
}

/** The wall's sentence may end with a countdown that was true when it was sent; here it is counted as it passes. */
const SENT_COUNTDOWN = /Trying again in \d+ s\.$/;

/** Short enough for a small tile: the countdown is what one looks for. */
function stateAndRetry({ state, retryAtMs }: TileReport, nowMs: number): string {
  if (retryAtMs === null) return stateWords[state];
  const seconds = secondsUntil(retryAtMs, nowMs);
  const when = seconds === 0 ? messages.now : messages.inSeconds(seconds);
  return state === 'retrying' ? messages.again(when) : messages.next(stateWords[state], when);
}
