/** The value of a JSON text; undefined if it is none. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The JSON object that begins at `start` of a page, found by its brackets; undefined if it does not end or is none. */
export function readJsonAt(page: string, start: number): unknown {
  if (page[start] !== '{') return undefined;
  let depth = 0;
  for (let at = start; at < page.length; at += 1) {
    const character = page[at];
    if (character === '"') {
      at = endOfString(page, at);
      continue;
    }
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    if (depth === 0) return readJson(page.slice(start, at + 1));
  }
  return undefined;
}

function endOfString(page: string, start: number): number {
  let at = start + 1;
  while (at < page.length && page[at] !== '"') at += page[at] === '\\' ? 2 : 1;
  return at;
}

/** Milliseconds since 1970 UTC; undefined for what is no date or an absurd one. */
export function readTime(value: string | number | null | undefined): number | undefined {
  if (value == null || value === '') return undefined;
  const ms = typeof value === 'number' ? value : Date.parse(value);
  return Number.isFinite(ms) && ms > 0 && ms < 8.64e15 ? Math.floor(ms) : undefined;
}

/** The fields that have a value, so that what is not given is absent. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined | null> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null)) as {
    [K in keyof T]?: Exclude<T[K], undefined | null>;
  };
}
