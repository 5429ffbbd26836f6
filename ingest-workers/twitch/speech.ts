import type { Timers } from '../timers.ts';

/** Says things in chat, one after the other, within Twitch's limits. */
export type Speech = {
  /** @returns whether it was said; false at once when too much waits already, or when Twitch did not take it */
  readonly say: (channel: string, text: string) => Promise<boolean>;
  readonly stop: () => void;
};

/** Twitch silences whoever says more than 20 things in 30 s; a little is left for whoever shares the account. */
const MAX_SAID = 18;
const WINDOW_MS = 30_000;
/** And takes no more than one a second from whoever is no moderator. */
const GAP_MS = 1_100;
const MAX_WAITING = 100;
const MAX_LENGTH = 450;

type Words = { readonly channel: string; readonly text: string; readonly resolve: (said: boolean) => void };

export function createSpeech(parts: {
  readonly send: (channel: string, text: string) => Promise<boolean>;
  readonly nowMs: () => number;
  readonly timers: Timers;
}): Speech {
  const { send, nowMs, timers } = parts;
  const waiting: Words[] = [];
  let saidAtMs: readonly number[] = [];
  let stopWaiting: (() => void) | undefined;

  const next = (): void => {
    stopWaiting = undefined;
    const [words] = waiting;
    if (words === undefined) return;
    const delayMs = delayBeforeNext(saidAtMs, nowMs());
    if (delayMs > 0) {
      stopWaiting = timers.after(delayMs, next);
      return;
    }
    waiting.shift();
    saidAtMs = [...saidAtMs.slice(-MAX_SAID), nowMs()];
    void send(words.channel, words.text).then(words.resolve);
    next();
  };
  return {
    say: (channel, text) => {
      if (waiting.length >= MAX_WAITING) return Promise.resolve(false);
      return new Promise((resolve) => {
        waiting.push({ channel, text: oneLine(text), resolve });
        if (stopWaiting === undefined) next();
      });
    },
    stop() {
      stopWaiting?.();
      for (const { resolve } of waiting.splice(0)) resolve(false);
    },
  };
}

/** How long to wait before the next thing may be said. In milliseconds. */
export function delayBeforeNext(saidAtMs: readonly number[], nowMs: number): number {
  const recent = saidAtMs.filter((time) => nowMs - time < WINDOW_MS);
  const full = recent.length < MAX_SAID ? 0 : (recent.at(-MAX_SAID) ?? 0) + WINDOW_MS - nowMs;
  const last = recent.at(-1);
  return Math.max(0, full, last === undefined ? 0 : last + GAP_MS - nowMs);
}

/** IRC ends a message at the line's end, and a slash or dot at the beginning would be a command. */
export const oneLine = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .replace(/^[/.]+/, '')
    .slice(0, MAX_LENGTH);
