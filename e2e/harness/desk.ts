import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron, expect, type ElectronApplication, type Page } from '@playwright/test';
import { freePort } from '#shared/replica/test-free-port.ts';

export const PROJECT = resolve(import.meta.dirname, '../..');

/** A desktop that a story runs: the real program on a folder of its own. */
export type Desk = {
  readonly app: ElectronApplication;
  readonly control: Page;
  readonly overlay: Page;
  /** Our pages that play media, as they are now. */
  readonly players: () => readonly Page[];
  /** Everything that shows pictures on the wall: player pages, and pages of the web. */
  readonly pictures: () => readonly Page[];
  /** Ends it as a person does. */
  readonly quit: () => Promise<void>;
  /** Ends it as a power cut does. */
  readonly kill: () => Promise<void>;
};

export type DeskOptions = {
  readonly folder: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Whether it asks platforms who is live, as desks do that have no server; stories that are not about that go without. */
  readonly checks?: boolean;
};

export async function startDesk({ folder, args = [], env = {}, checks = false }: DeskOptions): Promise<Desk> {
  await writeFile(join(folder, 'status.json'), JSON.stringify({ checks }));
  const app = await launch(folder, args, env);
  const at = (name: string) => () => app.windows().find((page) => isOurs(page, name));
  const pageOf = async (find: () => Page | undefined): Promise<Page> => {
    await expect.poll(() => find() !== undefined).toBe(true);
    const page = find();
    if (page === undefined) throw new Error('the page went away');
    return page;
  };
  const control = await pageOf(at('control'));
  const overlay = await pageOf(at('overlay'));
  await expect(control.locator('[data-drop="stage"]')).toBeVisible();
  const players = () => app.windows().filter((page) => isOurs(page, 'player'));
  return {
    app,
    control,
    overlay,
    players,
    pictures: () => [...players(), ...app.windows().filter((page) => page.url().startsWith('http'))],
    quit: async () => app.close(),
    kill: async () => {
      const child = app.process();
      const gone = new Promise((done) => child.once('exit', done));
      // The launcher has become Electron itself, so that this is the main process.
      child.kill('SIGKILL');
      await gone;
    },
  };
}

const isOurs = (page: Page, name: string): boolean => page.url().startsWith(`streamwall://app/${name}.html`);

async function launch(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ElectronApplication> {
  return _electron.launch({
    args: ['--log-level=3', PROJECT, ...args],
    cwd: PROJECT,
    env: await environmentOf(folder, env),
  });
}

/** What a desk is told from outside: everything that this process was, and where it keeps its own. */
export async function environmentOf(
  folder: string,
  env: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const own = { STREAMWALL_DATA_DIR: folder, STREAMWALL_DEMO_PORT: String(await freePort(2)) };
  return { ...Object.fromEntries(inherited), ...own, ...env };
}

/** A folder for one story, and how to remove it. */
export async function newFolder(): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'streamwall-story-'));
  return { path, remove: async () => rm(path, { recursive: true, force: true, maxRetries: 5 }) };
}
