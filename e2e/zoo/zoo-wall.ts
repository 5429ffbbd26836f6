import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { newFolder } from '../harness/desk.ts';
import type { Inside } from '../harness/inside.ts';
import { prepareWall, streamOf, WALL, type PreparedTile } from '../harness/prepared-wall.ts';
import { startUnwatchedDesk } from '../harness/unwatched-desk.ts';
import type { ZooOrigins } from './zoo-pages.ts';
import { openZoo, type Zoo } from './zoo-server.ts';

/** A wall that shows pages of the zoo, and, among them, neighbours that must not be disturbed. */
export type ZooWall = {
  readonly zoo: Zoo;
  readonly inside: Inside;
  /** The main process. */
  readonly pid: number;
  /** The state of a tile now, and why, in words. */
  readonly report: (name: string) => Promise<ZooReport>;
  /** Waits until a tile is in one of these states. */
  readonly until: (name: string, states: RegExp, timeoutMs?: number) => Promise<ZooReport>;
  /** Waits until it was said of a tile that this is wrong with it. */
  readonly untilFault: (name: string, fault: string) => Promise<void>;
  /** Waits until its states since the first so many, in order and with spaces between, match. */
  readonly untilStates: (name: string, since: number, states: RegExp) => Promise<void>;
  /** Every state in which a tile was, in order, since the start. */
  readonly history: (name: string) => Promise<readonly string[]>;
  readonly signal: (name: string, signal: string) => Promise<SignalAnswer>;
  readonly command: (command: Record<string, unknown>) => Promise<void>;
  /** The highest level that was told of a tile since the start. */
  readonly loudest: (name: string) => Promise<number>;
  /** Changes what is said of a tile's stream. */
  readonly changeStream: (name: string, changes: Record<string, unknown>) => Promise<void>;
  readonly close: () => Promise<void>;
};

export type ZooReport = {
  readonly state: string;
  readonly fault: string | null;
  readonly words: string;
  readonly retryAtMs: number | null;
};
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

export type ZooOptions = {
  readonly env?: Readonly<Record<string, string>>;
  /** What lies in the data folder besides, by name. */
  readonly files?: Readonly<Record<string, string>>;
};

/** A zoo that is open, and a desk's folder with a wall for it. */
export type PreparedZoo = {
  readonly zoo: Zoo;
  readonly folder: string;
  readonly tiles: readonly PreparedTile[];
  readonly remove: () => Promise<void>;
};

export const NEIGHBOURS = ['neighbour-hls', 'neighbour-page'];

export async function prepareZoo(
  exhibits: (origins: ZooOrigins) => readonly PreparedTile[],
  files: Readonly<Record<string, string>> = {},
): Promise<PreparedZoo> {
  const zoo = await openZoo();
  const folder = await newFolder();
  const neighbours: readonly PreparedTile[] = [
    { name: 'neighbour-hls', link: `${zoo.origins.second}/live/aurora.m3u8?token=a.b` },
    { name: 'neighbour-page', link: `${zoo.origins.first}/page/plain` },
  ];
  const tiles = [...neighbours, ...exhibits(zoo.origins)];
  await prepareWall(folder.path, tiles);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder.path, name), text);
  const remove = async (): Promise<void> => {
    await zoo.stop();
    await folder.remove();
  };
  return { zoo, folder: folder.path, tiles, remove };
}

/** For long proofs of what a wall costs: see `startUnwatchedDesk`. */
export async function openUnwatchedZoo(
  exhibits: (origins: ZooOrigins) => readonly PreparedTile[],
  { env = {}, files = {} }: ZooOptions = {},
): Promise<ZooWall> {
  const prepared = await prepareZoo(exhibits, files);
  const desk = await startUnwatchedDesk({ folder: prepared.folder, env });
  return createZooWall(prepared, { inside: desk.inside, pid: desk.pid, quit: desk.quit });
}

/** @param desk the program that runs on the zoo's folder; `quit` ends it */
export async function createZooWall(
  { zoo, tiles, remove }: PreparedZoo,
  desk: Pick<ZooWall, 'inside' | 'pid'> & { readonly quit: () => Promise<void> },
): Promise<ZooWall> {
  const { inside, pid } = desk;
  await watch(inside);
  const report = async (name: string): Promise<ZooReport> => {
    const seen = await seenOf(inside, name);
    return seen.at(-1) ?? { state: 'none', fault: null, words: '', retryAtMs: null };
  };
  return {
    zoo,
    inside,
    pid,
    report,
    until: async (name, states, timeoutMs = 30_000) => {
      await expect
        .poll(async () => (await report(name)).state, { message: `the state of ${name}`, timeout: timeoutMs })
        .toMatch(states);
      return report(name);
    },
    untilFault: async (name, fault) => {
      await expect
        .poll(async () => (await seenOf(inside, name)).map((each) => each.fault), {
          message: `what was wrong with ${name}`,
          timeout: 60_000,
        })
        .toContain(fault);
    },
    untilStates: async (name, since, states) => {
      await expect
        .poll(
          async () =>
            (await seenOf(inside, name))
              .slice(since)
              .map(({ state }) => state)
              .join(' '),
          {
            message: `what became of ${name}`,
            timeout: 60_000,
          },
        )
        .toMatch(states);
    },
    history: async (name) => (await seenOf(inside, name)).map(({ state }) => state),
    signal: async (name, signal) =>
      inside.control(
        async (argument): Promise<SignalAnswer> =>
          (window as unknown as Watched).streamwall.request('send-signal', argument),
        { wall: WALL, tile: name, signal },
      ),
    command: async (command) => sendCommand(inside, { document: 'wall', wall: WALL, command }),
    loudest: async (name) =>
      inside.control((tile) => (window as unknown as Watched).loudest[tile] ?? 0, name),
    changeStream: async (name, changes) => {
      const link = tiles.find((each) => each.name === name)?.link ?? '';
      const command = { type: 'edit-stream', id: streamOf(link), changes };
      await sendCommand(inside, { document: 'catalogue', command });
    },
    close: async () => {
      await desk.quit().catch(() => undefined);
      await remove();
    },
  };
}

async function sendCommand(inside: Inside, command: object): Promise<void> {
  const answer = await inside.control(
    async (argument): Promise<{ ok: boolean }> =>
      (window as unknown as Watched).streamwall.request('send-command', argument),
    command,
  );
  expect(answer).toMatchObject({ ok: true });
}

/** Notes in the control window what is reported of each tile. */
async function watch(inside: Inside): Promise<void> {
  await inside.control(async () => {
    const { streamwall } = window as unknown as Watched;
    const seen: Record<string, ZooReport[]> = {};
    const loudest: Record<string, number> = {};
    const note = (reports: ({ tile: string } & ZooReport)[]): void => {
      for (const { tile, ...report } of reports) {
        const list = (seen[tile] ??= []);
        const last = list.at(-1);
        // Two attempts that end alike, one shortly after the other, are one state in which it was twice.
        if (last?.state === report.state && last.fault === report.fault) list.pop();
        list.push(report);
      }
    };
    streamwall.onEvent((event) => {
      if (event.type === 'reports') note(event.reports ?? []);
      for (const { tile, peak } of event.levels ?? []) loudest[tile] = Math.max(loudest[tile] ?? 0, peak);
    });
    const snapshot: { reports: ({ tile: string } & ZooReport)[] } = await streamwall.request('open-control');
    note(snapshot.reports);
    Object.assign(window, { seen, loudest });
  }, null);
}

async function seenOf(inside: Inside, name: string): Promise<readonly ZooReport[]> {
  return inside.control((tile) => (window as unknown as Watched).seen[tile] ?? [], name);
}
