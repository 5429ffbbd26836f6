import type { TileReport, TileState } from '#shared/protocol/tile-report.ts';
import type { StatusTone } from '../ui/StatusMark.tsx';
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

const stateWords: Readonly<Record<Exclude<TileState, 'retrying'>, string>> = {
  loading: 'Loading',
  waiting: 'Waiting for a picture',
  playing: 'Playing',
  stalled: 'Picture stands still',
  offline: 'Offline',
  parked: 'Paused',
  failed: 'Failed',
};

/** A tile without a report is on no screen yet. */
export function tileCondition(report: TileReport | undefined, nowMs: number): TileCondition {
  if (report === undefined) return { tone: 'unknown', words: 'Not on a screen yet', reason: '' };
  return { tone: tones[report.state], words: wordsOf(report, nowMs), reason: report.words };
}

function wordsOf(report: TileReport, nowMs: number): string {
  if (report.state !== 'retrying') return stateWords[report.state];
  const seconds = report.retryAtMs === null ? 0 : secondsUntil(report.retryAtMs, nowMs);
  return seconds === 0 ? 'Trying again now' : `Trying again in ${seconds} s`;
}
