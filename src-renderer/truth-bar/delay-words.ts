import type { HeardDelay } from '#shared/protocol/delay-state.ts';
import { locale } from '../words/language.ts';
import { inOwnWords } from '../words/told-words.ts';
import { messages } from './messages.ts';

export type DelayWords = Readonly<{ tone: 'calm' | 'covered' | 'unknown'; words: string; more: string }>;

const said = messages.delay;

/** What is said of the broadcast. Covered is said only while the server says so. */
export function delayWords(delay: HeardDelay): DelayWords {
  if (delay.type === 'unknown') {
    const since = said.since(new Date(delay.sinceMs).toLocaleTimeString(locale));
    return { tone: 'unknown', words: said.unknown, more: `${inOwnWords(delay.words)} ${since}` };
  }
  const { censor, stream, delaySeconds } = delay;
  const more = `${said.streams[stream]} ${said.delay(delaySeconds)}`;
  if (censor === 'off') return { tone: 'calm', words: said.short[stream], more };
  return { tone: 'covered', words: censor === 'on' ? said.covered : said.lifting, more };
}

/** `1:02:03`, as long as it has been on; empty before. */
export function elapsed(startedAtMs: number | null, nowMs: number): string {
  if (startedAtMs === null) return '';
  const seconds = Math.max(0, Math.floor((nowMs - startedAtMs) / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
