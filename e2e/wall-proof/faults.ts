import { performance } from 'node:perf_hooks';
import type { ZooWall } from '../zoo/zoo-wall.ts';
import type { ProofTile } from './proof-tiles.ts';

/** Something that goes wrong with a tile's source or its page. */
export type Fault = {
  readonly name: string;
  readonly strikes: ProofTile['kind'];
  /** How long the source is away; 0 where only what shows it is lost. */
  readonly holdMs: number;
  /** How soon the tile is to play again. */
  readonly withinMs: number;
  readonly strike: (wall: ZooWall, tile: ProofTile) => Promise<void>;
  readonly heal: (wall: ZooWall, tile: ProofTile) => void;
};

const nothing = (): void => undefined;
const inTrouble = (what: (tile: ProofTile) => string): Pick<Fault, 'strike' | 'heal'> => ({
  strike: async (wall, tile) => {
    wall.zoo.trouble.add(what(tile));
    return Promise.resolve();
  },
  heal: (wall, tile) => wall.zoo.trouble.delete(what(tile)),
});

const pathOf = ({ link }: ProofTile): string => {
  const { pathname, search } = new URL(link);
  return pathname + search;
};

const SOON_MS = 15_000;

export const FAULTS: readonly Fault[] = [
  {
    name: 'playlist answers 503',
    strikes: 'hls',
    holdMs: 25_000,
    withinMs: SOON_MS,
    ...inTrouble((tile) => `gone ${tile.clip}`),
  },
  {
    name: 'playlist stands still',
    strikes: 'hls',
    holdMs: 20_000,
    withinMs: SOON_MS,
    ...inTrouble((tile) => `frozen ${tile.clip}`),
  },
  {
    name: 'player page crashes',
    strikes: 'hls',
    holdMs: 0,
    withinMs: SOON_MS,
    strike: crashPlayer,
    heal: nothing,
  },
  {
    name: 'page of the web crashes',
    strikes: 'page',
    holdMs: 0,
    withinMs: SOON_MS,
    strike: crashPage,
    heal: nothing,
  },
  // Nothing returns here: that it hangs must be known first, which takes 12 s.
  {
    name: 'page of the web computes for ever',
    strikes: 'page',
    holdMs: 0,
    withinMs: SOON_MS + 12_000,
    strike: hangPage,
    heal: nothing,
  },
  {
    name: 'page crashes, and its site answers 503',
    strikes: 'page',
    holdMs: 12_000,
    withinMs: SOON_MS,
    strike: async (wall, tile) => {
      wall.zoo.trouble.add(`gone ${pathOf(tile)}`);
      await crashPage(wall, tile);
    },
    heal: (wall, tile) => wall.zoo.trouble.delete(`gone ${pathOf(tile)}`),
  },
];

/** A tile that notices nothing within this time was not disturbed. */
const NOTICED_MS = 16_000;
const LOOK_MS = 100;

/**
 * Lets it happen to a tile and waits until that plays again.
 * @returns how long that took from the return of its source, in ms; 0 when it never stopped; null when it took longer than patienceMs
 */
export async function suffer(
  wall: ZooWall,
  fault: Fault,
  tile: ProofTile,
  patienceMs: number,
): Promise<number | null> {
  const before = (await wall.history(tile.name)).length;
  await fault.strike(wall, tile);
  await wait(fault.holdMs);
  fault.heal(wall, tile);
  const healedMs = performance.now();
  const states = async (): Promise<readonly string[]> => (await wall.history(tile.name)).slice(before);
  const hasStopped = async (): Promise<boolean> => (await states()).length > 0;
  // What lost its page is told so by Chromium; what lost its source, by its own watch.
  while (!(await hasStopped())) {
    if (performance.now() - healedMs > NOTICED_MS - fault.holdMs) return 0;
    await wait(LOOK_MS);
  }
  const fromMs = Math.max(healedMs, performance.now() - LOOK_MS);
  const start = fault.holdMs > 0 ? healedMs : Math.min(fromMs, healedMs);
  for (;;) {
    if ((await states()).at(-1) === 'playing') return performance.now() - start;
    if (performance.now() - start > patienceMs) return null;
    await wait(LOOK_MS);
  }
}

const wait = async (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function crashPlayer({ inside }: ZooWall, { name }: ProofTile): Promise<void> {
  await inside.main(async ({ webContents }, tile) => {
    for (const each of webContents.getAllWebContents()) {
      if (!each.getURL().startsWith('streamwall://app/player.html')) continue;
      const look = `document.querySelector('video[data-tile="${tile}"]') !== null`;
      if ((await each.executeJavaScript(look)) === true) each.forcefullyCrashRenderer();
    }
  }, name);
}

async function crashPage({ inside }: ZooWall, { link }: ProofTile): Promise<void> {
  await inside.main(({ webContents }, url) => {
    for (const each of webContents.getAllWebContents())
      if (each.getURL() === url) each.forcefullyCrashRenderer();
  }, link);
}

async function hangPage({ inside }: ZooWall, { link }: ProofTile): Promise<void> {
  await inside.main(({ webContents }, url) => {
    for (const each of webContents.getAllWebContents())
      if (each.getURL() === url) each.executeJavaScript('for (;;) {}').catch(() => undefined);
  }, link);
}
