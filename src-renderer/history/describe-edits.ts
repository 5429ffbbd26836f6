import type { TeamEdit } from '#shared/protocol/team-history.ts';
import { messages as words } from './messages.ts';

/** By what a person calls a stream: its code, from its own id or that of a tile that shows it. */
export type Names = Readonly<{ stream: (id: unknown) => string; tile: (id: unknown) => string }>;

/** What one update did to a wall, in a sentence. Never empty. */
export function describeEdits(edits: readonly TeamEdit[], names: Names): string {
  const said = new Map<string, Set<string>>();
  for (const edit of edits) {
    const [what, who] = readEdit(edit, names);
    said.set(what, (said.get(what) ?? new Set()).add(who));
  }
  // Whoever adds a tile also says where it stands.
  if (said.has('came')) for (const also of ['moved', 'picture']) said.delete(also);
  const sentences = [...said].map(([what, who]) => sentenceOf(what, [...who].filter(Boolean).join(', ')));
  return sentences.length === 0 ? words.somethingDone : sentences.join(' · ');
}

type TileWord = keyof typeof words.tiles;
const isTileWord = (what: string): what is TileWord => Object.hasOwn(words.tiles, what);

function sentenceOf(what: string, who: string): string {
  if (isTileWord(what)) return words.tiles[what](who);
  const other: Readonly<Record<string, string>> = {
    heard: who === '' ? words.silent : words.heard(who),
    censored: words.censored,
    uncensored: words.uncensored,
    'scene-saved': words.sceneSaved(who),
    'scene-deleted': words.sceneDeletedThen,
    settings: words.settingsChanged,
    rules: words.rulesChanged,
  };
  return other[what] ?? words.somethingDone;
}

/** What was done, and to which: a code, a name, or nothing. */
function readEdit(edit: TeamEdit, names: Names): readonly [what: string, who: string] {
  const { type, root, id, key = '', after, fields = {} } = edit;
  switch (root) {
    case 'tiles':
      if (type === 'record-added') return ['came', names.stream(fields['stream'])];
      if (type === 'record-removed') return ['left', names.tile(id)];
      return [tileWord(key, after), key === 'stream' ? names.stream(after) : names.tile(id)];
    case 'audio': {
      const [kind, tile] = key.split(':');
      if (kind === 'heard') return ['heard', after === null ? '' : names.tile(after)];
      return [kind === 'vol' ? 'volume' : after === true ? 'background' : 'foreground', names.tile(tile)];
    }
    case 'safety': {
      const [kind, tile] = key.split(':');
      if (kind === 'censor') return [after === null ? 'uncensored' : 'censored', ''];
      return [after === null ? 'unblurred' : 'blurred', names.tile(tile)];
    }
    case 'scenes':
      if (type === 'record-removed') return ['scene-deleted', ''];
      return ['scene-saved', textOf(fields['name'] ?? (key === 'name' ? after : ''))];
    case 'rules':
      return ['rules', ''];
    default:
      return ['settings', ''];
  }
}

function tileWord(key: string, after: unknown): TileWord {
  if (key === 'place') return 'moved';
  if (key === 'stream') return 'shown';
  if (key.startsWith('b:')) return after === null ? 'unbenched' : 'benched';
  return 'picture';
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
