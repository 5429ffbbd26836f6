import type { WallCommand } from '#shared/document/command.ts';
import { overlaps } from '#shared/document/cell-map.ts';
import { samePlain } from '#shared/document/stored-value.ts';
import type { WallArrangement } from '#shared/model/arrangement.ts';

type Tile = WallArrangement['tiles'][number];
type Tiles = ReadonlyMap<Tile['id'], Tile>;

/** A step that somebody took on a wall, and the wall as it stands now. */
export type WallStep = Readonly<{ before: WallArrangement; after: WallArrangement; now: WallArrangement }>;

/**
 * What takes a step back, whoever took it, as far as it still stands as the step left it: nothing that somebody did since
 * is touched. Empty where nothing of it is left.
 */
export function undoOnWall(step: WallStep): readonly WallCommand[] {
  return [
    ...undoSettings(step),
    ...undoTiles(step),
    ...undoSound(step),
    ...undoScenes(step),
    ...undoRules(step),
  ];
}

/** Whether a value was changed by a step and nobody has changed it since. */
function stands<T>(before: T, after: T, now: T): boolean {
  return !samePlain(before, after) && samePlain(after, now);
}

function undoSettings({ before, after, now }: WallStep): readonly WallCommand[] {
  return [
    ...(stands(before.name, after.name, now.name) ? [{ type: 'set-name', name: before.name } as const] : []),
    ...(stands(before.colours, after.colours, now.colours)
      ? [{ type: 'set-colours', colours: before.colours } as const]
      : []),
    ...(stands(before.grid, after.grid, now.grid) ? [{ type: 'set-grid', grid: before.grid } as const] : []),
    ...(stands(before.censored, after.censored, now.censored)
      ? [{ type: 'censor', on: before.censored } as const]
      : []),
  ];
}

const byId = ({ tiles }: WallArrangement): Tiles => new Map(tiles.map((tile) => [tile.id, tile]));

function undoTiles({ before, after, now }: WallStep): readonly WallCommand[] {
  const [old, left, here] = [byId(before), byId(after), byId(now)];
  const ids = new Set([...old.keys(), ...left.keys()]);
  /** Tiles that this step moved, and that still are where it left them: they give way to each other. */
  const moved = new Set(
    [...ids].filter((id) => stands(old.get(id)?.place, left.get(id)?.place, here.get(id)?.place)),
  );
  const isFree = (place: Tile['place']): boolean =>
    place !== null &&
    now.tiles.every((tile) => moved.has(tile.id) || tile.place === null || !overlaps(tile.place, place));
  return [...ids].flatMap((id): readonly WallCommand[] => {
    const [was, then, is] = [old.get(id), left.get(id), here.get(id)];
    if (was === undefined)
      return then !== undefined &&
        is !== undefined &&
        samePlain([then.stream, then.place], [is.stream, is.place])
        ? [{ type: 'remove-tile', tile: id }]
        : [];
    if (then === undefined) return is === undefined ? bringBack(was, isFree(was.place)) : [];
    return is === undefined ? [] : undoTile(was, then, is, isFree(was.place));
  });
}

/** A tile that the step took off the wall; where its place is taken meanwhile, the next free one. */
function bringBack(tile: Tile, isFree: boolean): readonly WallCommand[] {
  const { id, place, stream } = tile;
  const at = place !== null && isFree ? { at: place } : {};
  return [
    { type: 'place-stream', tile: id, stream, ...at },
    ...(place === null ? [{ type: 'bench-tile', tile: id } as const] : []),
    ...pictureOf(tile),
    ...(tile.volume === 1 ? [] : [{ type: 'set-volume', tile: id, volume: tile.volume } as const]),
    ...(tile.background ? [{ type: 'set-background', tile: id, on: true } as const] : []),
    ...(tile.blurred ? [{ type: 'blur', tile: id, on: true } as const] : []),
  ];
}

function pictureOf({ id: tile, fit, zoom, rotation }: Tile): readonly WallCommand[] {
  return [
    { type: 'set-fit', tile, fit },
    { type: 'set-zoom', tile, zoom },
    { type: 'rotate-tile', tile, rotation },
  ];
}

function undoTile(was: Tile, then: Tile, is: Tile, isFree: boolean): readonly WallCommand[] {
  const { id: tile } = was;
  const commands: WallCommand[] = [];
  const undo = <K extends keyof Tile>(field: K, command: () => WallCommand): void => {
    if (stands(was[field], then[field], is[field])) commands.push(command());
  };
  undo('stream', () => ({ type: 'put-stream', tile, stream: was.stream }));
  if (was.place === null || isFree)
    undo('place', () =>
      was.place === null ? { type: 'bench-tile', tile } : { type: 'place-tile', tile, at: was.place },
    );
  undo('fit', () => ({ type: 'set-fit', tile, fit: was.fit }));
  undo('zoom', () => ({ type: 'set-zoom', tile, zoom: was.zoom }));
  undo('rotation', () => ({ type: 'rotate-tile', tile, rotation: was.rotation }));
  undo('volume', () => ({ type: 'set-volume', tile, volume: was.volume }));
  undo('background', () => ({ type: 'set-background', tile, on: was.background }));
  undo('blurred', () => ({ type: 'blur', tile, on: was.blurred }));
  return commands;
}

function undoSound({ before, after, now }: WallStep): readonly WallCommand[] {
  const known = before.heard === null || before.tiles.some(({ id }) => id === before.heard);
  return known && stands(before.heard, after.heard, now.heard)
    ? [{ type: 'listen', tile: before.heard }]
    : [];
}

/** Scenes that the step saved go; those that it deleted or changed are as they were. */
function undoScenes({ before, after, now }: WallStep): readonly WallCommand[] {
  const [old, left, here] = [before, after, now].map(
    ({ scenes }) => new Map(scenes.map((scene) => [scene.id, scene])),
  );
  const ids = [...new Set([...(old?.keys() ?? []), ...(left?.keys() ?? [])])];
  const standing = ids.filter((id) => stands(old?.get(id), left?.get(id), here?.get(id)));
  const added = standing.filter((id) => old?.get(id) === undefined);
  const back = standing.flatMap((id) => old?.get(id) ?? []);
  const kept = now.scenes.filter(({ id }) => !standing.includes(id));
  return [
    ...added.map((scene): WallCommand => ({ type: 'delete-scene', scene })),
    ...(back.length === 0
      ? []
      : [
          {
            type: 'load-arrangement',
            arrangement: { ...now, scenes: [...kept, ...back] },
          } satisfies WallCommand,
        ]),
  ];
}

function undoRules({ before, after, now }: WallStep): readonly WallCommand[] {
  const [old, left, here] = [before, after, now].map(
    ({ rules }) => new Map(rules.map((rule) => [rule.id, rule])),
  );
  const ids = [...new Set([...(old?.keys() ?? []), ...(left?.keys() ?? [])])];
  return ids
    .filter((id) => stands(old?.get(id), left?.get(id), here?.get(id)))
    .map((id): WallCommand => {
      const was = old?.get(id);
      if (was === undefined) return { type: 'remove-rule', rule: id };
      const { id: rule, ...rest } = was;
      return { type: 'put-rule', rule, ...rest };
    });
}
