const DAY_MS = 24 * 60 * 60_000;

/**
 * How long a host wants to be left alone, in milliseconds from now, at most a day; undefined if it does not say.
 * Source: RFC 9110, 10.2.3: whole seconds, or a date.
 */
export function readRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, DAY_MS);
  if (!/^[A-Za-z]{3},? /.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.min(Math.max(0, at - nowMs), DAY_MS);
}
