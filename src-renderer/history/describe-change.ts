import type { StreamView, TileView, WallView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { ruleMoves } from '../rules/rule-moves.ts';
import type { ControlMirror } from '../stores/control-mirror.ts';
import { messages as words } from './messages.ts';

type Part = Pick<ControlMirror, 'wall' | 'streams'>;

/** What is different between two mirrors of one wall, in sentences. Empty where a person would see no difference. */
export function describeChange(before: Part, after: Part): readonly string[] {
  if (before.wall.id !== after.wall.id) return [];
  const codeOf = (id: StreamId): string => after.streams.get(id)?.code ?? before.streams.get(id)?.code ?? '–';
  return [
    ...(before.wall === after.wall ? [] : wallChanges(before.wall, after.wall, codeOf)),
    ...(before.streams === after.streams ? [] : streamChanges(before.streams, after.streams)),
  ];
}

type CodeOf = (id: StreamId) => string;

function wallChanges(before: WallView, after: WallView, codeOf: CodeOf): readonly string[] {
  const sentences: string[] = [];
  const { cols, rows } = after.grid;
  if (before.name !== after.name) sentences.push(words.renamed(after.name));
  if (before.grid.cols !== cols || before.grid.rows !== rows) sentences.push(words.grid(cols, rows));
  if (before.censored !== after.censored) sentences.push(after.censored ? words.censored : words.uncensored);
  sentences.push(...tileChanges(before, after, codeOf), ...soundChanges(before, after, codeOf));
  sentences.push(...sceneChanges(before, after));
  return sentences;
}

function tileChanges(before: WallView, after: WallView, codeOf: CodeOf): readonly string[] {
  const old = new Map([...before.tiles, ...before.bench].map((tile) => [tile.id, tile]));
  const now = new Map([...after.tiles, ...after.bench].map((tile) => [tile.id, tile]));
  const moved = new Set(ruleMoves(before, after).map(({ tile }) => tile));
  const kinds = new Map<TileChange, string[]>();
  const note = (kind: TileChange | null, tile: TileView) => {
    if (kind !== null) kinds.set(kind, [...(kinds.get(kind) ?? []), codeOf(tile.stream)]);
  };
  for (const tile of now.values()) {
    const was = old.get(tile.id);
    if (was === tile || moved.has(tile.id)) continue;
    if (was === undefined) note('came', tile);
    else for (const kind of changesOf(was, tile)) note(kind, tile);
  }
  for (const tile of old.values()) if (!now.has(tile.id)) note('left', tile);
  return [...kinds].map(([kind, codes]) => words.tiles[kind](listed(codes)));
}

type TileChange = keyof typeof words.tiles;

function changesOf(was: TileView, now: TileView): readonly TileChange[] {
  const kinds: TileChange[] = [];
  if (was.stream !== now.stream) kinds.push('shown');
  if (was.place !== null && now.place === null) kinds.push('benched');
  else if (was.place === null && now.place !== null) kinds.push('unbenched');
  else if (was.place !== null && now.place !== null) {
    if (was.place.w !== now.place.w || was.place.h !== now.place.h) kinds.push('resized');
    else if (was.place.x !== now.place.x || was.place.y !== now.place.y) kinds.push('moved');
  }
  if (was.blurred !== now.blurred) kinds.push(now.blurred ? 'blurred' : 'unblurred');
  if (was.volume !== now.volume) kinds.push('volume');
  if (was.background !== now.background) kinds.push(now.background ? 'background' : 'foreground');
  const picture = was.fit !== now.fit || was.rotation !== now.rotation || !sameZoom(was.zoom, now.zoom);
  if (picture) kinds.push('picture');
  return kinds;
}

function sameZoom(a: TileView['zoom'], b: TileView['zoom']): boolean {
  return a.factor === b.factor && a.panX === b.panX && a.panY === b.panY;
}

function soundChanges(before: WallView, after: WallView, codeOf: CodeOf): readonly string[] {
  if (before.heard === after.heard) return [];
  const heard = after.tiles.find((tile) => tile.id === after.heard);
  return [heard === undefined ? words.silent : words.heard(codeOf(heard.stream))];
}

function sceneChanges(before: WallView, after: WallView): readonly string[] {
  if (before.scenes === after.scenes) return [];
  const old = new Map(before.scenes.map((scene) => [scene.id, scene]));
  const kept = new Set(after.scenes.map(({ id }) => id));
  return [
    ...after.scenes.flatMap((scene) => {
      const was = old.get(scene.id);
      if (was === scene) return [];
      return was === undefined || was.name === scene.name
        ? [words.sceneSaved(scene.name)]
        : [words.sceneRenamed(was.name, scene.name)];
    }),
    ...before.scenes.filter(({ id }) => !kept.has(id)).map(({ name }) => words.sceneDeleted(name)),
  ];
}

function streamChanges(before: ControlMirror['streams'], after: ControlMirror['streams']): readonly string[] {
  const added: string[] = [];
  const edited: string[] = [];
  const live: string[] = [];
  const ended: string[] = [];
  const removed: string[] = [];
  for (const { before: was, after: stream } of after.changesFrom(before)) {
    if (stream === undefined) removed.push(was?.code ?? '–');
    else if (was === undefined) added.push(stream.code);
    else if (was.status !== stream.status && stream.status === 'live') live.push(stream.code);
    else if (was.status === 'live' && stream.status !== 'live') ended.push(stream.code);
    else if (isEdited(was, stream)) edited.push(stream.code);
  }
  return [
    ...(added.length > 0 ? [words.added(listed(added), added.length)] : []),
    ...(live.length > 0 ? [words.live(listed(live), live.length)] : []),
    ...(ended.length > 0 ? [words.ended(listed(ended), ended.length)] : []),
    ...(edited.length > 0 ? [words.edited(listed(edited), edited.length)] : []),
    ...(removed.length > 0 ? [words.removed(listed(removed), removed.length)] : []),
  ];
}

const EDITABLE = [
  'label',
  'city',
  'region',
  'country',
  'notes',
  'source',
  'code',
  'kind',
  'pinned',
  'archived',
  'tags',
  'streamer',
  'labelPosition',
  'moderation',
] as const;

/** What checkers write on their own is no news. */
function isEdited(was: StreamView, now: StreamView): boolean {
  return EDITABLE.some((field) => JSON.stringify(was[field]) !== JSON.stringify(now[field]));
}

const MOST_NAMED = 4;

function listed(codes: readonly string[]): string {
  return codes.length <= MOST_NAMED
    ? codes.join(', ')
    : words.andMore(codes.slice(0, MOST_NAMED - 1).join(', '), codes.length - MOST_NAMED + 1);
}
