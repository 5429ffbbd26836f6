import { z } from 'zod';

/**
 * What one person likes on one machine: kept by the machine, shared with nobody. A value that cannot be read is not
 * dropped: it stays where it is kept, the usual value stands in for it, and the settings point at it.
 */
export type Preferences = Readonly<{
  theme: 'dark' | 'light' | 'contrast';
  /** Other keys than the usual ones, by action: `Ctrl+Shift+M`. An empty list takes the keys away. */
  hotkeys: Readonly<Record<string, readonly string[]>>;
  /** Which columns the wide list shows, in their order. */
  columns: readonly string[];
  sort: Readonly<{ column: string; down: boolean }> | null;
  savedFilters: readonly SavedFilter[];
  /** The first screen has been answered. */
  welcomed: boolean;
}>;

export type SavedFilter = Readonly<{ name: string; filter: string; search: string }>;

export type PreferenceProblem = Readonly<{ name: string; value: string; words: string }>;

const schemas = {
  theme: z.enum(['dark', 'light', 'contrast']),
  hotkeys: z.record(z.string().max(40), z.array(z.string().max(40)).max(4)),
  columns: z.array(z.string().max(40)).max(40),
  sort: z.strictObject({ column: z.string().max(40), down: z.boolean() }).nullable(),
  savedFilters: z
    .array(
      z.strictObject({
        name: z.string().trim().min(1).max(60),
        filter: z.string().max(20),
        search: z.string().max(200),
      }),
    )
    .max(30),
  welcomed: z.boolean(),
} as const;

export type ReadPreferences = Readonly<{
  preferences: Preferences;
  problems: readonly PreferenceProblem[];
  /** What was kept and not understood, to be kept on. */
  rest: Readonly<Record<string, unknown>>;
}>;

/** @param text what was kept, JSON; null if nothing was */
export function readPreferences(text: string | null, usual: Preferences): ReadPreferences {
  const kept = text === null ? {} : parseObject(text);
  if (kept === null) {
    const problem = { name: 'all', value: (text ?? '').slice(0, 80), words: 'is no JSON object' };
    return { preferences: usual, problems: [problem], rest: {} };
  }
  const read: Record<string, unknown> = {};
  const rest: Record<string, unknown> = {};
  const problems: PreferenceProblem[] = [];
  for (const [name, value] of Object.entries(kept)) {
    const schema = Object.hasOwn(schemas, name) ? schemas[name as keyof typeof schemas] : undefined;
    const parsed = schema?.safeParse(value);
    if (parsed?.success === true) read[name] = parsed.data;
    else {
      rest[name] = value;
      problems.push({
        name,
        value: (JSON.stringify(value) ?? '').slice(0, 80),
        words: parsed?.error.issues[0]?.message ?? 'is not known to this version',
      });
    }
  }
  return { preferences: { ...usual, ...read }, problems, rest };
}

/** The text to keep. Changed values replace what could not be read under the same name. */
export function writePreferences(
  preferences: Preferences,
  rest: Readonly<Record<string, unknown>>,
  changed: readonly string[],
): string {
  const left = Object.fromEntries(Object.entries(rest).filter(([name]) => !changed.includes(name)));
  return JSON.stringify({ ...preferences, ...left });
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
