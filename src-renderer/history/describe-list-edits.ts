import type { TeamEdit } from '#shared/protocol/team-history.ts';
import { messages } from './messages.ts';

const words = messages.list;

/** What is told of one thing: what became of it, and by what people call it. */
type Told = Readonly<{ what: keyof typeof words; who: string }>;

/**
 * What one update did to the list, in a sentence; never empty.
 * @param codeOf the code of a stream that is in the list
 * @param more how many more edits there were than are told
 */
export function describeListEdits(
  edits: readonly TeamEdit[],
  codeOf: (id: string) => string | undefined,
  more = 0,
): string {
  const said = new Map<keyof typeof words, Set<string>>();
  for (const edit of edits) {
    const told = readEdit(edit, codeOf);
    if (told !== null) said.set(told.what, (said.get(told.what) ?? new Set()).add(told.who));
  }
  // Whoever adds a stream also writes its fields.
  const added = said.get('added');
  for (const code of added ?? [])
    for (const what of ['edited', 'live', 'over'] as const) said.get(what)?.delete(code);
  const sentences = [...said]
    .filter(([, who]) => who.size > 0)
    .map(([what, who]) => words[what](listed([...who], more)));
  return sentences.length === 0 ? messages.somethingDone : sentences.join(' · ');
}

const MOST_NAMED = 6;

function listed(codes: readonly string[], more: number): string {
  const left = codes.length - MOST_NAMED + more;
  if (codes.length <= MOST_NAMED && more === 0) return codes.join(', ');
  return messages.andMore(codes.slice(0, MOST_NAMED).join(', '), Math.max(left, more));
}

function readEdit(edit: TeamEdit, codeOf: (id: string) => string | undefined): Told | null {
  const { type, root, id = '', key = '', after, fields = {} } = edit;
  if (type === 'generation-left') return null;
  if (root === 'streams') {
    const code = codeOf(id) ?? textOf(fields['code']) ?? '–';
    if (type === 'record-added') return { what: 'added', who: code };
    if (type === 'record-removed') return { what: 'removed', who: code };
    if (key === 'status') return { what: statusWord(after), who: code };
    return { what: 'edited', who: code };
  }
  const name =
    textOf(fields['name']) ?? textOf(fields['title']) ?? textOf(fields['city']) ?? textOf(fields['value']);
  const roots = {
    streamers: 'streamers',
    locations: 'places',
    ignore: 'ignored',
    events: 'events',
    walls: 'walls',
  };
  const what = Object.hasOwn(roots, root) ? roots[root as keyof typeof roots] : undefined;
  return what === undefined ? null : { what: what as Told['what'], who: name ?? '' };
}

function statusWord(after: unknown): 'live' | 'over' | 'checked' {
  const is = typeof after === 'object' && after !== null && 'is' in after ? after.is : undefined;
  if (is === 'live') return 'live';
  return is === 'offline' || is === 'gone' ? 'over' : 'checked';
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
