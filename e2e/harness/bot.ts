import { fork } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect } from '@playwright/test';
import { startFakeDiscord, type FakeDiscord } from '../../ingest-workers/discord/test-fake-discord.ts';
import { newFolder } from './desk.ts';
import type { TeamServer } from './team-server.ts';

const ENTRY = resolve(import.meta.dirname, '../../ingest-workers/worker-entry.ts');

type ChannelSettings = { readonly id: string; readonly directMedia: boolean; readonly moderated?: boolean };

/** The real bot of a team, in a Discord of our own. */
export type Bot = {
  readonly discord: FakeDiscord;
  /** Resolves once what is posted is heard. */
  readonly untilListening: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

export async function startBot(server: TeamServer, channels: readonly ChannelSettings[]): Promise<Bot> {
  const folder = await newFolder();
  const discord = await startFakeDiscord({ channels: channels.map(({ id }) => id) });
  const config = join(folder.path, 'ingest.json');
  await writeFile(config, JSON.stringify({ discord: { channels, api: discord.api } }));
  const bot = fork(ENTRY, ['discord'], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: {
      ...process.env,
      ...{ DISCORD_TOKEN: discord.token, STREAMWALL_INGEST_CONFIG: config },
      ...{ STREAMWALL_INGEST_DATA: folder.path, STREAMWALL_SERVER: server.url },
      STREAMWALL_KEY: await server.addKey('service'),
    },
  });
  const gone = new Promise((done) => bot.once('exit', done));
  let state: unknown;
  bot.on('message', (told) => (state = told));
  return {
    discord,
    untilListening: async () =>
      expect
        .poll(() => state)
        .toMatchObject({ state: { platform: 'connected', behind: 0, server: 'in-step' } }),
    stop: async () => {
      bot.kill('SIGTERM');
      await gone;
      await discord.stop();
      await folder.remove();
    },
  };
}
