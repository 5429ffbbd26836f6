/** Moments, sizes and values as tables show them. */

/** "2026-11-22 21:14", by this machine's clock. */
export function momentOf(time: string | null): string {
  if (time === null) return '';
  const at = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${dayOf(time)} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

export function dayOf(time: string | null): string {
  if (time === null) return '';
  const at = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** "812 B", "3.4 kB", "12 MB". */
export function sizeOf(bytes: number | null): string {
  if (bytes === null) return '';
  const units = ['B', 'kB', 'MB', 'GB'];
  const step = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const value = bytes / 1_000 ** step;
  return `${step > 0 && value < 10 ? value.toFixed(1) : String(Math.round(value))} ${units[step] ?? ''}`;
}

/** A value of the audit, a line for each field. */
export function valueOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'object' || Array.isArray(value)) return JSON.stringify(value);
  return Object.entries(value)
    .map(([name, field]) => `${name}: ${typeof field === 'string' ? field : JSON.stringify(field)}`)
    .join('\n');
}

const LONG = 300;
const BRIEF = 90;

/** The beginning of a text that is long; all of one that is not. */
export function briefOf(text: string): string {
  return text.length <= LONG ? text : `${text.slice(0, BRIEF).trimEnd()} …`;
}
