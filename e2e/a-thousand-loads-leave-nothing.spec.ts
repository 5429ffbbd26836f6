import { expect, test } from '@playwright/test';
import { liveMemory } from './wall-proof/live-memory.ts';
import { openUnwatchedZoo, type ZooWall } from './zoo/zoo-wall.ts';

/** A long run: a thousand loads, of every kind in turn. STREAMWALL_LOADS makes it shorter or longer. */
const isLong = process.env['STREAMWALL_LONG'] === '1';
const LOADS = Number(process.env['STREAMWALL_LOADS'] ?? (isLong ? 1_000 : 0));
const MB = 1_048_576;
/** What one load may leave, after the first quarter has filled what is kept on purpose. */
const KB_PER_LOAD = 64;

test.skip(LOADS === 0, 'a long run: npm run test:long');
test.setTimeout(60_000 + LOADS * 4_000);

const KINDS = ['hls', 'page', 'mp4', 'web', 'dash', 'nested'];

test('a thousand loads leave no page, no process and no memory behind', async () => {
  const wall = await openUnwatchedZoo(
    ({ main, first }) => [
      { name: 'hls', link: `${main}/live/rain.m3u8` },
      { name: 'page', link: `${main}/page/three` },
      { name: 'mp4', link: `${main}/files/reef.mp4` },
      { name: 'web', link: `${main}/page/plain?as=web`, fields: { kind: 'web' } },
      { name: 'dash', link: `${first}/clips/clip.mpd` },
      { name: 'nested', link: `${main}/page/nested` },
    ],
    { env: { STREAMWALL_LOCAL_HOSTS: 'a.localhost,b.localhost' } },
  );
  try {
    for (const name of KINDS) await wall.until(name, /playing/, 60_000);
    const before = await countOf(wall);
    const memory: number[] = [];
    for (let load = 0; load < LOADS; load++) {
      const name = KINDS[load % KINDS.length] ?? '';
      expect(await wall.signal(name, 'reload')).toMatchObject({ ok: true });
      // All in turn, and each is loaded again when it plays, not before: a load that is broken off is another case.
      if (load % KINDS.length === KINDS.length - 1) {
        for (const each of KINDS) await wall.until(each, /playing/, 60_000);
        memory.push((await liveMemory(wall)) / MB);
      }
    }
    const quarter = Math.floor(memory.length / 4);
    const settled = memory.slice(quarter);
    const perLoadKb =
      (((settled.at(-1) ?? 0) - (settled[0] ?? 0)) * 1024) / Math.max(1, settled.length * KINDS.length);
    console.log(
      `${String(LOADS)} loads: ${String(Math.round(memory[0] ?? 0))} MB at first, ${String(Math.round(memory.at(-1) ?? 0))} MB at last, ${perLoadKb.toFixed(0)} KB a load after the first quarter; ${JSON.stringify(before)} before`,
    );
    // What is replaced is let go of a moment later.
    await expect.poll(async () => countOf(wall)).toEqual(before);
    if (LOADS >= 500) expect(perLoadKb).toBeLessThan(KB_PER_LOAD);
  } finally {
    await wall.close();
  }
});

/** Pages that are open, those of frames apart, and renderers. */
async function countOf({ inside }: ZooWall): Promise<{ readonly pages: number; readonly renderers: number }> {
  return inside.main(
    ({ app, webContents }) => ({
      pages: webContents.getAllWebContents().length,
      renderers: app.getAppMetrics().filter(({ type }) => type === 'Tab').length,
    }),
    null,
  );
}
