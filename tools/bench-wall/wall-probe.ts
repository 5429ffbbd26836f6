import { z } from 'zod';
import { evaluateIn, listPages, type DevtoolsPage } from './devtools-page.ts';

/** Frames of one tile's video since it was made. */
export type FrameCount = { readonly shown: number; readonly dropped: number };

/** Kept in the control window: when each tile was first said to play, in ms since 1970. */
const WATCH = `(async () => {
  if (location.protocol !== 'streamwall:' || document.readyState !== 'complete') throw new Error('not ready yet');
  if (globalThis.firstPlayed !== undefined) return;
  const first = {};
  const note = (reports) => {
    for (const { tile, state, sinceMs } of reports) if (state === 'playing') first[tile] ??= sinceMs;
  };
  streamwall.onEvent((event) => event.type === 'reports' && note(event.reports));
  note((await streamwall.request('open-control')).reports);
  globalThis.firstPlayed = first;
})()`;

const COUNT_FRAMES = `[...document.querySelectorAll('video')].map((video) => {
  const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality();
  const tile = video.closest('[data-tile]')?.dataset.tile ?? '';
  return { tile, shown: totalVideoFrames - droppedVideoFrames, dropped: droppedVideoFrames };
})`;

const Counts = z.array(z.object({ tile: z.string(), shown: z.number(), dropped: z.number() }));
const Moments = z.array(z.number());

/** Looks into a running desktop. */
export type WallProbe = {
  /** Asks the control window to note from now on which tile plays since when. False while it is not ready to. */
  readonly watch: () => Promise<boolean>;
  /** When each tile first played, in ms since 1970. */
  readonly firstPlayed: () => Promise<readonly number[]>;
  readonly frames: () => Promise<ReadonlyMap<string, FrameCount>>;
};

export function createWallProbe(port: number): WallProbe {
  const pagesNamed = async (name: string): Promise<readonly DevtoolsPage[]> =>
    (await listPages(port)).filter(({ url }) => url.startsWith(`streamwall://app/${name}.html`));
  const inControl = async (expression: string): Promise<unknown> => {
    const [control] = await pagesNamed('control');
    if (control === undefined) throw new Error('there is no control window');
    return evaluateIn(control, expression);
  };
  return {
    watch: () =>
      inControl(WATCH).then(
        () => true,
        () => false,
      ),
    firstPlayed: async () => Moments.parse(await inControl('Object.values(globalThis.firstPlayed ?? {})')),
    frames: async () => {
      const counts = new Map<string, FrameCount>();
      for (const page of await pagesNamed('player')) {
        // A page may die or be replaced while it is asked; its tiles then count as showing nothing.
        const found = await evaluateIn(page, COUNT_FRAMES).catch(() => []);
        for (const { tile, shown, dropped } of Counts.parse(found)) {
          const sofar = counts.get(tile) ?? { shown: 0, dropped: 0 };
          counts.set(tile, { shown: sofar.shown + shown, dropped: sofar.dropped + dropped });
        }
      }
      return counts;
    },
  };
}
