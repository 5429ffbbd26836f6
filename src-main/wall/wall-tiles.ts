import { TILES_PER_PAGE } from './assign-player-pages.ts';
import type { Levels } from './levels.ts';
import { createPageViews } from './page-views.ts';
import { createPlayerPages } from './player-pages.ts';
import { hintsFor } from './site-hints.ts';
import { createTileConductor, type TileConductor } from './tile-conductor.ts';
import type { TileHost, TileListener } from './tile-host.ts';
import type { TileSource } from './tile-source.ts';
import { systemAfter } from './timers.ts';
import type { Level } from './view-stack.ts';
import type { WallInside } from './wall-inside.ts';
import type { WallParts } from './wall-parts.ts';

export type WallTiles = {
  readonly conductor: TileConductor;
  readonly hosts: readonly TileHost[];
  /** Which sound output it plays on has changed. */
  readonly retell: () => void;
};

/** The hosts of a wall, and who leads the tiles that they show. */
export function createWallTiles(
  { pages, preloads, sessions, tileHost, siteHints, clock, log }: WallParts,
  { stack, wallSize }: WallInside,
  onChange: () => void,
  hearLevels: Levels['hear'],
  /** `hear`: whether the sound output of that name is there. */
  output: { readonly name: () => string | null; readonly hear: (found: boolean) => void },
): WallTiles {
  const say: TileListener = (said) => {
    conductor.hear(said);
  };
  const player = createPlayerPages({
    url: pages.player,
    preload: preloads.player,
    session: sessions.player,
    addView: (view) => {
      stack.add('player', view);
    },
    removeView: stack.remove,
    wallSize,
    hearLevels,
    soundOutput: output.name,
    hearSoundOutput: output.hear,
    perPage: tileHost === 'views' ? 1 : TILES_PER_PAGE,
    clock,
    after: systemAfter,
    say,
    log,
  });
  const views = createPageViews({
    preload: preloads.page,
    sites: sessions.sites,
    addView: (view, source) => {
      stack.add(levelOf(source), view);
    },
    removeView: stack.remove,
    hintsFor: (url) => hintsFor(url, siteHints()),
    hearLevels,
    after: systemAfter,
    say,
  });
  const conductor = createTileConductor({
    hostFor: (source) => hostFor(source, player, views),
    clock,
    random: Math.random,
    after: systemAfter,
    onChange,
  });
  return { conductor, hosts: [player, views], retell: player.retell };
}

function levelOf(source: TileSource): Level {
  if (source.type !== 'layer') return 'page';
  return source.layer === 'background' ? 'beneath' : 'above';
}

function hostFor({ type }: TileSource, player: TileHost, views: TileHost): TileHost | null {
  switch (type) {
    case 'media':
      return player;
    case 'layer':
    case 'page':
    case 'page-media':
      return views;
    case 'fenced':
    case 'unplayable':
      return null;
  }
}
