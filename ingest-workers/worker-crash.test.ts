import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '#shared/kernel/clock.ts';
import { ActorId } from '#shared/model/ids.ts';
import { openReplicaDatabase } from '#shared/replica/open-replica-database.ts';
import { openReplica } from '#shared/replica/replica.ts';
import { linksIn, must } from './collect/test-collector.ts';
import { startFakeDiscord, type FakeDiscord } from './discord/test-fake-discord.ts';

const IS_LONG = process.env['STREAMWALL_LONG'] === '1';
const KILLS = IS_LONG ? 50 : 3;
const STREET = '100';
const entry = new URL('worker-entry.ts', import.meta.url);

let stops: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const stop of stops.reverse()) await stop();
  stops = [];
});

function startBot(
  discord: FakeDiscord,
  folder: string,
): { child: ChildProcess; ended: Promise<NodeJS.Signals | number | null> } {
  const env = {
    ...process.env,
    STREAMWALL_INGEST_CONFIG: join(folder, 'ingest.json'),
    STREAMWALL_INGEST_DATA: join(folder, 'data'),
    DISCORD_TOKEN: discord.token,
  };
  const child = fork(entry, ['discord'], { env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  const ended = new Promise<NodeJS.Signals | number | null>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? code));
  });
  return { child, ended };
}

async function linksOnDisk(folder: string): Promise<readonly string[]> {
  const opened = must(
    await openReplicaDatabase({
      ...{ file: join(folder, 'data', 'discord', 'replica.db'), clock: systemClock, program: 'a test' },
      workerUrl: new URL('../shared/replica/compact-worker.ts', import.meta.url),
    }),
  );
  const actor = ActorId.parse('user:ann');
  const replica = must(await openReplica({ store: opened.store, actor, role: 'viewer', clock: systemClock }));
  const links = linksIn(replica);
  await replica.close();
  await opened.close();
  return links;
}

describe('a bot that is killed', () => {
  it(
    `[I60] at ${KILLS} random moments has every link once, and every reaction is true`,
    { timeout: 600_000 },
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'ingest-crash-'));
      stops.push(() => rmSync(folder, { recursive: true, force: true }));
      const discord = await startFakeDiscord({ channels: [STREET] });
      stops.push(() => discord.stop());
      const limit = { messages: 10_000 };
      writeFileSync(
        join(folder, 'ingest.json'),
        JSON.stringify({ discord: { channels: [{ id: STREET }], api: discord.api, commands: false }, limit }),
      );
      const posted: { readonly id: string; readonly link: string }[] = [];
      discord.post(STREET, 'the beginning');
      const first = startBot(discord, folder);
      await expect.poll(() => discord.calls.some(({ path }) => path.includes('after='))).toBe(true);
      let bot = first;
      let answered = 0;
      const isAnswered = (message: { readonly id: string } | undefined) =>
        message !== undefined && discord.reactionsTo(STREET, message.id).length > 0;
      for (let kill = 0; kill < KILLS; kill += 1) {
        // Somewhere on its way: after so many requests more, with messages coming in all the while.
        const enough = discord.calls.length + 1 + Math.floor(Math.random() * 60);
        const postOne = () => {
          while (isAnswered(posted[answered])) answered += 1;
          // Discord takes 50 answers a second: no more are outstanding than it takes in the end.
          if (posted.length - answered > 100) return discord.calls.length;
          // Some links come again: the later message has to hear that it is known.
          const link = `kick.com/c${Math.random() < 0.2 ? Math.floor(Math.random() * posted.length) : posted.length}`;
          posted.push({ id: discord.post(STREET, link), link });
          return discord.calls.length;
        };
        await expect.poll(postOne, { interval: 25 }).toBeGreaterThanOrEqual(enough);
        bot.child.kill('SIGKILL');
        expect(await bot.ended).toBe('SIGKILL');
        bot = startBot(discord, folder);
      }
      await expect
        .poll(() => posted.filter((message) => !isAnswered(message)).length, {
          timeout: 240_000,
        })
        .toBe(0);
      bot.child.kill('SIGTERM');
      expect(await bot.ended).toBe(0);
      const seen = new Set<string>();
      const wrong = posted.flatMap(({ id, link }) => {
        const expected = seen.has(link) ? '🔁' : '✅';
        seen.add(link);
        const given = discord.reactionsTo(STREET, id).join();
        return given === expected ? [] : [`${link}: ${given} instead of ${expected}`];
      });
      expect(wrong).toEqual([]);
      expect(await linksOnDisk(folder)).toEqual([...seen].map((link) => `https://${link}`).sort());
    },
  );
});
