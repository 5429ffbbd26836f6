import { performance } from 'node:perf_hooks';
import { WALL, streamOf } from '../harness/prepared-wall.ts';
import type { ZooOrigins } from '../zoo/zoo-pages.ts';
import type { ZooDesk } from '../zoo/zoo-desk.ts';

/** What is put on the wall, again and again; `n` makes another stream of it each time. */
export const KINDS: Readonly<
  Record<string, (origins: ZooOrigins, n: number) => { readonly link: string; readonly kind?: string }>
> = {
  HLS: ({ main }, n) => ({ link: `${main}/live/rain.m3u8?n=${String(n)}` }),
  'HLS without CORS': ({ first }, n) => ({ link: `${first}/live/snow.m3u8?n=${String(n)}` }),
  DASH: ({ first }, n) => ({ link: `${first}/clips/clip.mpd?n=${String(n)}` }),
  MP4: ({ main }, n) => ({ link: `${main}/files/reef.mp4?n=${String(n)}` }),
  Audio: ({ main }, n) => ({ link: `${main}/clips/sound.m4a?n=${String(n)}`, kind: 'audio' }),
  'Page with a video': ({ main }, n) => ({ link: `${main}/page/plain?n=${String(n)}` }),
  'Video two frames deep': ({ main }, n) => ({ link: `${main}/page/nested?n=${String(n)}` }),
  'Page as it is': ({ main }, n) => ({ link: `${main}/page/plain?web=${String(n)}`, kind: 'web' }),
};

type Answer = { readonly ok: boolean };
type Room = {
  readonly streamwall: {
    request: (name: string, argument: unknown) => Promise<Answer>;
    onEvent: (
      listener: (event: { type: string; reports?: { tile: string; state: string }[] }) => void,
    ) => () => void;
  };
};

const PATIENCE_MS = 40_000;

/** From "put this stream here" to its first frame, in ms; null when there was none in time. The stream is in the list already. */
export async function measureFirstFrame(
  { desk, zoo }: ZooDesk,
  kind: keyof typeof KINDS,
  n: number,
): Promise<number | null> {
  const made = KINDS[kind]?.(zoo.origins, n);
  if (made === undefined) return null;
  const tile = `measured-${String(Math.round(performance.now()))}`;
  const place = { type: 'place-stream', tile, stream: streamOf(made.link), at: { x: 1, y: 1, w: 1, h: 1 } };
  const fields = made.kind === undefined ? {} : { fields: { kind: made.kind } };
  return desk.control.evaluate(
    async ({ add, put, remove, id, patienceMs }) => {
      const { streamwall } = window as unknown as Room;
      await streamwall.request('send-command', add);
      const ms = await new Promise<number | null>((done) => {
        const fromMs = performance.now();
        const stop = streamwall.onEvent(({ reports = [] }) => {
          if (reports.some((report) => report.tile === id && report.state === 'playing'))
            finish(performance.now() - fromMs);
        });
        const timer = setTimeout(() => finish(null), patienceMs);
        const finish = (taken: number | null): void => {
          clearTimeout(timer);
          stop();
          done(taken);
        };
        void streamwall.request('send-command', put);
      });
      await streamwall.request('send-command', remove);
      return ms;
    },
    {
      add: { document: 'catalogue', command: { type: 'add-stream', link: made.link, ...fields } },
      put: { document: 'wall', wall: WALL, command: place },
      remove: { document: 'wall', wall: WALL, command: { type: 'remove-tile', tile } },
      id: tile,
      patienceMs: PATIENCE_MS,
    },
  );
}
