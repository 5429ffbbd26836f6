import { messages } from './messages.ts';

/** Spans and moments of time, as a person says them. All arguments in milliseconds. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** "under 1 min", "14 min", "2 h 14 min", "3 d 4 h". */
export function spanWords(spanMs: number): string {
  if (!(spanMs >= MINUTE_MS)) return messages.underMinute;
  if (spanMs < HOUR_MS) return `${Math.floor(spanMs / MINUTE_MS)} min`;
  if (spanMs < DAY_MS) return twoUnits(spanMs, HOUR_MS, 'h', MINUTE_MS, 'min');
  return twoUnits(spanMs, DAY_MS, messages.day, HOUR_MS, 'h');
}

/** "just now", "40 s ago", "5 min ago", "3 h ago", "2 d ago". A moment in the future is just now: clocks differ. */
export function agoWords(atMs: number, nowMs: number): string {
  const spanMs = nowMs - atMs;
  if (spanMs < 10_000) return messages.justNow;
  if (spanMs < MINUTE_MS) return messages.ago(`${Math.floor(spanMs / 1000)} s`);
  if (spanMs < HOUR_MS) return messages.ago(`${Math.floor(spanMs / MINUTE_MS)} min`);
  if (spanMs < DAY_MS) return messages.ago(`${Math.floor(spanMs / HOUR_MS)} h`);
  return messages.ago(`${Math.floor(spanMs / DAY_MS)} ${messages.day}`);
}

/** Whole seconds until a moment, at least 0, rounded up: a countdown that ends with 1. */
export function secondsUntil(atMs: number, nowMs: number): number {
  return Math.max(0, Math.ceil((atMs - nowMs) / 1000));
}

function twoUnits(spanMs: number, bigMs: number, big: string, smallMs: number, small: string): string {
  const bigs = Math.floor(spanMs / bigMs);
  const smalls = Math.floor((spanMs - bigs * bigMs) / smallMs);
  return smalls === 0 ? `${bigs} ${big}` : `${bigs} ${big} ${smalls} ${small}`;
}
