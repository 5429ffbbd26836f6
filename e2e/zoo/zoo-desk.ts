import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Frame, type Page } from '@playwright/test';
import { newFolder, startDesk, type Desk } from '../harness/desk.ts';
import { prepareWall, streamOf, WALL, type PreparedTile } from '../harness/prepared-wall.ts';
import type { ZooOrigins } from './zoo-pages.ts';
import { openZoo, type Zoo } from './zoo-server.ts';

/** A desk whose wall shows pages of the zoo, and, among them, neighbours that must not be disturbed. */
export type ZooDesk = {
  readonly desk: Desk;
  readonly zoo: Zoo;
  /** The state of a tile now, and why, in words. */
  readonly report: (name: string) => Promise<ZooReport>;
  /** Waits until a tile is in one of these states. */
  readonly until: (name: string, states: RegExp, timeoutMs?: number) => Promise<ZooReport>;
  /** Waits until it was said of a tile that this is wrong with it. */
  readonly untilFault: (name: string, fault: string) => Promise<void>;
  /** Every state in which a tile was, in order, since the start. */
  readonly history: (name: string) => Promise<readonly string[]>;
  /** The frame in which the element with this id is. */
  readonly frameWith: (name: string, selector: string) => Promise<Frame>;
  readonly signal: (name: string, signal: string) => Promise<SignalAnswer>;
  /** Whether anything of a zoo page but its media is to be seen: their ground is a yellow that no clip has. */
  readonly showsPage: (name: string) => Promise<boolean>;
  readonly command: (command: Record<string, unknown>) => Promise<void>;
  /** The highest level that was told of a tile since the start. */
  readonly loudest: (name: string) => Promise<number>;
  /** Changes what is said of a tile's stream. */
  readonly changeStream: (name: string, changes: Record<string, unknown>) => Promise<void>;
  /** Fails unless every neighbour plays, and was never loaded again since it first did. */
  readonly expectNeighboursUndisturbed: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type ZooReport = { readonly state: string; readonly fault: string | null; readonly words: string };
export type SignalAnswer = { readonly ok: boolean; readonly value?: { readonly image?: string } };

type Bridge = {
  request: (name: string, argument?: unknown) => Promise<never>;
  onEvent: (
    listener: (event: {
      type: string;
      reports?: ({ tile: string } & ZooReport)[];
      levels?: { tile: string; peak: number }[];
    }) => void,
  ) => void;
};
type Watched = Window & {
  streamwall: Bridge;
  seen: Record<string, ZooReport[]>;
  loudest: Record<string, number>;
};

export type ZooDeskOptions = {
  readonly env?: Readonly<Record<string, string>>;
  /** What lies in the data folder besides, by name. */
  readonly files?: Readonly<Record<string, string>>;
};

export const NEIGHBOURS = ['neighbour-hls', 'neighbour-page'];

export async function openZooDesk(
  exhibits: (origins: ZooOrigins) => readonly PreparedTile[],
  { env = {}, files = {} }: ZooDeskOptions = {},
): Promise<ZooDesk> {
  const zoo = await openZoo();
  const folder = await newFolder();
  const neighbours: readonly PreparedTile[] = [
    { name: 'neighbour-hls', link: `${zoo.origins.second}/live/aurora.m3u8?token=a.b` },
    { name: 'neighbour-page', link: `${zoo.origins.first}/page/plain` },
  ];
  const all = [...neighbours, ...exhibits(zoo.origins)];
  await prepareWall(folder.path, all);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder.path, name), text);
  const desk = await startDesk({ folder: folder.path, env });
  await watch(desk.control);
  const report = async (name: string): Promise<ZooReport> => {
    const seen = await seenOf(desk.control, name);
    return seen.at(-1) ?? { state: 'none', fault: null, words: '' };
  };
  return {
    desk,
    zoo,
    report,
    until: async (name, states, timeoutMs = 30_000) => {
      await expect
        .poll(async () => (await report(name)).state, { message: `the state of ${name}`, timeout: timeoutMs })
        .toMatch(states);
      return report(name);
    },
    untilFault: async (name, fault) => {
      await expect
        .poll(async () => (await seenOf(desk.control, name)).map((each) => each.fault), {
          message: `what was wrong with ${name}`,
          timeout: 60_000,
        })
        .toContain(fault);
    },
    history: async (name) => (await seenOf(desk.control, name)).map(({ state }) => state),
    frameWith: async (name, selector) => frameWith(desk, name, selector),
    signal: async (name, signal) => signalTo(desk.control, name, signal),
    showsPage: async (name) => {
      const image = await stillOf(desk.control, name);
      return image === null ? true : hasPageColour(desk.control, image);
    },
    command: async (command) => sendCommand(desk.control, { document: 'wall', wall: WALL, command }),
    loudest: async (name) =>
      desk.control.evaluate((tile) => (window as unknown as Watched).loudest[tile] ?? 0, name),
    changeStream: async (name, changes) => {
      const link = all.find((each) => each.name === name)?.link ?? '';
      const command = { type: 'edit-stream', id: streamOf(link), changes };
      await sendCommand(desk.control, { document: 'catalogue', command });
    },
    expectNeighboursUndisturbed: async () => {
      for (const name of NEIGHBOURS) {
        const states = (await seenOf(desk.control, name)).map(({ state }) => state);
        const since = states.slice(states.indexOf('playing'));
        // A machine that is busy with other things may hold up a picture for a moment; nothing was loaded again.
        expect(
          since.filter((state) => state !== 'playing' && state !== 'stalled'),
          `what became of ${name}`,
        ).toEqual([]);
        await expect.poll(async () => (await report(name)).state).toBe('playing');
      }
      await expect(desk.control.locator('[data-drop="stage"]')).toBeVisible();
    },
    close: async () => {
      await desk.app.close().catch(() => undefined);
      await zoo.stop();
      await folder.remove();
    },
  };
}

async function sendCommand(control: Page, command: object): Promise<void> {
  const answer: { ok: boolean } = await control.evaluate(
    async (argument) => (window as unknown as Watched).streamwall.request('send-command', argument),
    command,
  );
  expect(answer).toMatchObject({ ok: true });
}

async function signalTo(control: Page, tile: string, signal: string): Promise<SignalAnswer> {
  return control.evaluate(
    async (argument) => (window as unknown as Watched).streamwall.request('send-signal', argument),
    { wall: WALL, tile, signal },
  );
}

async function stillOf(control: Page, tile: string): Promise<string | null> {
  const answer = await signalTo(control, tile, 'still');
  return answer.ok ? (answer.value?.image ?? null) : null;
}

async function hasPageColour(control: Page, image: string): Promise<boolean> {
  return control.evaluate(async (url) => {
    const picture = Object.assign(new Image(), { src: url });
    await picture.decode();
    const canvas = new OffscreenCanvas(picture.width, picture.height);
    const pen = canvas.getContext('2d');
    pen?.drawImage(picture, 0, 0);
    const data = pen?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]];
      if (red > 248 && green > 244 && Math.abs(blue - 230) < 12) count += 1;
    }
    return count > (data.length / 4) * 0.01;
  }, image);
}

/** Notes in the control window what is reported of each tile. */
async function watch(control: Page): Promise<void> {
  await control.evaluate(async () => {
    const { streamwall } = window as unknown as Watched;
    const seen: Record<string, ZooReport[]> = {};
    const loudest: Record<string, number> = {};
    const note = (reports: ({ tile: string } & ZooReport)[]): void => {
      for (const { tile, state, fault, words } of reports) {
        const list = (seen[tile] ??= []);
        const last = list.at(-1);
        if (last?.state !== state || last.fault !== fault) list.push({ state, fault, words });
      }
    };
    streamwall.onEvent((event) => {
      if (event.type === 'reports') note(event.reports ?? []);
      for (const { tile, peak } of event.levels ?? []) loudest[tile] = Math.max(loudest[tile] ?? 0, peak);
    });
    const snapshot: { reports: ({ tile: string } & ZooReport)[] } = await streamwall.request('open-control');
    note(snapshot.reports);
    Object.assign(window, { seen, loudest });
  });
}

async function seenOf(control: Page, name: string): Promise<readonly ZooReport[]> {
  return control.evaluate((tile) => (window as unknown as Watched).seen[tile] ?? [], name);
}

/** Looks in all pages of the web whose address ends in the name's page. */
async function frameWith(desk: Desk, name: string, selector: string): Promise<Frame> {
  let found: Frame | undefined;
  await expect
    .poll(async () => {
      for (const page of desk.pictures().filter((each) => each.url().includes(`/page/${name}`))) {
        for (const frame of page.frames()) {
          const has = await frame
            .evaluate((css) => document.querySelector(css) !== null, selector)
            .catch(() => false);
          if (has) found = frame;
        }
      }
      return found !== undefined;
    })
    .toBe(true);
  if (found === undefined) throw new Error(`no frame with ${selector}`);
  return found;
}
