import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '#shared/kernel/clock.ts';
import { demoChannels, linkOf } from './channels.ts';
import { startDemoServer, type DemoServer } from './demo-server.ts';

let server: DemoServer;
beforeAll(async () => {
  const started = await startDemoServer({
    clipsFolder: join(import.meta.dirname, 'clips'),
    port: 0,
    clock: systemClock,
  });
  if (!started.ok) throw new Error('no port');
  server = started.value;
});
afterAll(() => server.stop());

const get = async (path: string, headers: Record<string, string> = {}) =>
  fetch(new URL(path, server.origin), { headers });
const byForm = (form: string) => {
  const found = demoChannels.find((channel) => channel.form === form);
  if (found === undefined) throw new Error(`no channel is served as ${form}`);
  return linkOf(found, server.origin);
};

describe('the demo channels', () => {
  it.each(demoChannels.map((channel) => [channel.label, channel] as const))(
    '%s answers',
    async (_, channel) => {
      expect((await get(linkOf(channel, server.origin))).status).toBe(200);
    },
  );

  it.each(['hls', 'hls-with-query', 'hls-without-cors'])(
    '%s: every segment of the playlist can be fetched',
    async (form) => {
      const playlist = await (await get(byForm(form))).text();
      const parts = [...playlist.matchAll(/BYTERANGE[:=]"?(\d+)@(\d+)"?\n?(\S*)/g)];
      const files = [...playlist.matchAll(/^(\/\S+)$/gm)].map(([, file]) => file ?? '');
      expect(files).toHaveLength(6);
      const [, length, offset] = parts.at(-1) ?? [];
      const end = Number(offset) + Number(length) - 1;
      const answer = await get(files.at(-1) ?? '', { Range: `bytes=${String(offset)}-${String(end)}` });
      expect(answer.status).toBe(206);
      expect((await answer.arrayBuffer()).byteLength).toBe(Number(length));
    },
  );

  it('one channel sends no CORS header, neither with the playlist nor with the segments; the others do', async () => {
    const closed = await get(byForm('hls-without-cors'));
    expect(closed.headers.get('access-control-allow-origin')).toBeNull();
    const [file = ''] = /^\/\S+$/m.exec(await closed.text()) ?? [];
    expect((await get(file)).headers.get('access-control-allow-origin')).toBeNull();
    expect((await get(byForm('hls'))).headers.get('access-control-allow-origin')).toBe('*');
  });

  it('the framed player is of another origin than its page', async () => {
    const page = await (await get(byForm('page-with-frame'))).text();
    const frame = /iframe src="([^"]+)"/.exec(page)?.[1] ?? '';
    expect(new URL(frame).origin).not.toBe(server.origin);
    expect(await (await fetch(frame)).text()).toContain('<video');
  });

  it.each([
    ['/clips/../channels.ts', 404],
    ['/clips/%2e%2e%2fchannels.ts', 404],
    ['/clips/nothing.m2t', 404],
    ['/live/nothing.m3u8', 404],
    ['/live/balloons.m3u8', 404],
    ['/', 404],
  ])('%s is refused', async (path, status) => {
    expect((await get(path)).status).toBe(status);
  });

  it('bytes that a clip does not have are refused, and so is another method', async () => {
    expect((await get('/clips/train.m2t', { Range: 'bytes=99999999-' })).status).toBe(416);
    expect((await fetch(new URL('/health', server.origin), { method: 'POST' })).status).toBe(405);
  });

  it('a port that is taken is named', async () => {
    const port = Number(new URL(server.origin).port);
    const second = await startDemoServer({ clipsFolder: '.', port, clock: systemClock });
    expect(second).toEqual({ ok: false, error: { takenPort: expect.any(Number) as number } });
  });
});
