import Papa from 'papaparse';
import { parse as parseToml } from 'smol-toml';
import { fail, ok, type Result } from '../../kernel/result.ts';
import { readStreamRecord, type ListedStream } from './read-stream-record.ts';

/** In which of the known forms a list was written. */
export type ListForm = 'json' | 'toml' | 'csv';

export type StreamList = Readonly<{
  form: ListForm;
  /** Each link once; a later entry of the same link completes the earlier. */
  streams: readonly ListedStream[];
  /** Entries that name no stream, with their place in the list, from 1, and why. */
  refused: readonly Readonly<{ at: number; words: string; entry: string }>[];
}>;

/** A list is at most this long, in characters, and has at most this many entries. */
const MAX_LENGTH = 32 * 1024 * 1024;
export const MAX_LISTED = 50_000;
const MAX_REFUSED_SHOWN = 1000;

/**
 * Reads a list of streams as other programs write it: a JSON array (or an object that holds one, as StreamSource and the
 * original Streamwall's storage file do), TOML with `[[streams]]`, or CSV with a line of names. What the form is, is seen
 * from the text itself. Refused as a whole, in a sentence, only when none of them can be made out.
 */
export function readStreamList(text: string): Result<StreamList, string> {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') return fail('The list is empty.');
  if (trimmed.length > MAX_LENGTH) return fail('The list is too long: 32 million characters are the most.');
  const form = formOf(trimmed);
  const entries = readEntries(trimmed, form);
  if (!entries.ok) return entries;
  if (entries.value.length > MAX_LISTED) return fail(`The list has more than ${String(MAX_LISTED)} entries.`);
  return ok(readAll(form, entries.value));
}

function formOf(text: string): ListForm {
  if (/^\s*\[\[\s*streams\s*\]\]/m.test(text)) return 'toml';
  return /^[[{]/.test(text) ? 'json' : 'csv';
}

function readEntries(text: string, form: ListForm): Result<readonly unknown[], string> {
  switch (form) {
    case 'json':
      return readJson(text);
    case 'toml':
      return readToml(text);
    case 'csv':
      return readCsv(text);
  }
}

function readJson(text: string): Result<readonly unknown[], string> {
  try {
    const list = findList(JSON.parse(text), 3);
    return list === null ? fail('It is JSON, but there is no list of streams in it.') : ok(list);
  } catch (error) {
    return fail(`It is no whole JSON: ${messageOf(error)}`);
  }
}

/** The list itself, or the one under the name that other programs keep it by. */
function findList(value: unknown, depth: number): readonly unknown[] | null {
  if (Array.isArray(value)) return value as readonly unknown[];
  if (typeof value !== 'object' || value === null || depth === 0) return null;
  const held = value as Readonly<Record<string, unknown>>;
  for (const name of ['streams', 'localStreamData', 'data', 'items', 'results']) {
    const found = Object.hasOwn(held, name) ? findList(held[name], depth - 1) : null;
    if (found !== null) return found;
    // The original's storage file has an object of streams under their links.
    const map = held[name];
    if (typeof map === 'object' && map !== null && name === 'localStreamData') {
      return Object.entries(map).map(([link, fields]) => ({ link, ...(fields as object) }));
    }
  }
  return null;
}

function readToml(text: string): Result<readonly unknown[], string> {
  try {
    const { streams } = parseToml(text);
    return Array.isArray(streams) ? ok(streams) : fail('There is no [[streams]] in it.');
  } catch (error) {
    return fail(`It is no whole TOML: ${messageOf(error)}`);
  }
}

function readCsv(text: string): Result<readonly unknown[], string> {
  const parsed = Papa.parse<Record<string, unknown>>(text, { header: true, skipEmptyLines: 'greedy' });
  const columns = parsed.meta.fields ?? [];
  if (!columns.some((name) => /^\W*(?:link|url|address)\W*$/i.test(name))) {
    return fail('There is no column named “link” or “url” in its first line.');
  }
  return ok(parsed.data);
}

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]?.slice(0, 200) ?? '';

function readAll(form: ListForm, entries: readonly unknown[]): StreamList {
  const streams = new Map<string, ListedStream>();
  const refused: { at: number; words: string; entry: string }[] = [];
  for (const [index, entry] of entries.entries()) {
    const isRecord = typeof entry === 'object' && entry !== null && !Array.isArray(entry);
    const record =
      typeof entry === 'string' ? { link: entry } : isRecord ? (entry as Record<string, unknown>) : {};
    const read = readStreamRecord(record);
    if (read.ok) {
      const before = streams.get(read.value.id);
      const fields = { ...before?.fields, ...read.value.fields };
      streams.set(read.value.id, { ...read.value, fields });
    } else if (refused.length < MAX_REFUSED_SHOWN) {
      const shown = (typeof entry === 'string' ? entry : (JSON.stringify(entry) ?? '')).slice(0, 120);
      refused.push({ at: index + 1, words: read.error, entry: shown });
    }
  }
  return { form, streams: [...streams.values()], refused };
}
