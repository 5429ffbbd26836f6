import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ActorId } from '#shared/model/ids.ts';
import { Link } from '#shared/model/stream.ts';
import { FromStatusWorker, type ToStatusWorker } from '#shared/protocol/status-worker-messages.ts';
import { createManualTime, openCatalogue } from './test-checkers.ts';
import { createFakeWeb, platformHosts, sendJson, subjectOf } from './test-fake-web.ts';
import { startFakeEventSub } from './twitch/eventsub/test-fake-eventsub.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const patience = { timeout: 30_000, interval: 20 };
const link = Link.parse('https://www.twitch.tv/ann');
const ann = subjectOf(link).id;

async function openWeb() {
  const web = await createFakeWeb({ nowMs: () => Date.now() });
  stops.push(web.close);
  return web;
}

/** A desk with one stream, and its checker's process. */
async function openDesk(
  web: Awaited<ReturnType<typeof openWeb>>,
  env: Readonly<Record<string, string>> = {},
) {
  const desk = await openCatalogue(createManualTime());
  desk.actAs(ActorId.parse('service:status'), 'service');
  await desk.send({ document: 'catalogue', command: { type: 'add-stream', link } });
  const child = fork(fileURLToPath(new URL('desk-entry.ts', import.meta.url)), {
    env: {
      ...process.env,
      STREAMWALL_STAND_INS: platformHosts.map((host) => `${host}=${web.origin}`).join(','),
      ...env,
    },
  });
  stops.push(() => child.kill());
  const tell = (message: ToStatusWorker) => child.send(message);
  const shown: Extract<FromStatusWorker, { type: 'shows' }>[] = [];
  const tellAll = () =>
    tell({
      type: 'catalogue',
      streams: [...desk.catalogue().streams.values()].map((stream) => ({
        ...stream,
        tags: [...(stream.tags ?? [])],
      })),
      goneStreams: [],
      streamers: [],
      goneStreamers: [],
    });
  child.on('message', (message) => {
    const read = FromStatusWorker.parse(message);
    if (read.type === 'ready') return void tellAll();
    if (read.type === 'shows') return void shown.push(read);
    void desk.send({ document: 'catalogue', command: read.command }).then((done) => {
      tell({ type: 'done', n: read.n, ...(done.ok ? {} : { refusal: done.error }) });
      tellAll();
    });
  });
  return { child, tell, shown, view: () => desk.catalogue().streams.get(ann) };
}

describe('a desk without a server', () => {
  it('[LS19] has its streams checked by a process of its own, and writes itself what that finds', async () => {
    const web = await openWeb();
    const broadcast = { type: 'live', viewersCount: 77 };
    web.on('gql.twitch.tv', sendJson({ data: { u0: { login: 'ann', stream: broadcast } } }));
    const { child, tell, shown, view } = await openDesk(web);
    await vi.waitFor(() => expect(view()?.status).toBe('live'), patience);
    await vi.waitFor(
      () => expect(shown.flatMap(({ reads }) => reads).at(-1)).toMatchObject({ id: ann, viewers: 77 }),
      patience,
    );
    web.on('gql.twitch.tv', sendJson({ data: { u0: { login: 'ann', stream: null } } }));
    child.send({ type: 'nonsense' });
    tell({ type: 'check-now', ids: [ann] });
    await vi.waitFor(() => expect(view()?.statusReason).toMatch(/^Maybe ended: /), patience);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.disconnect();
    expect(await ended).toBe(0);
  });

  it('[LS21] hears from Twitch itself, with a token in its settings, while Twitch’s lists cannot be read', async () => {
    const web = await openWeb();
    const fake = await startFakeEventSub(web);
    stops.push(fake.stop);
    const { view, shown } = await openDesk(web, {
      TWITCH_CLIENT_ID: 'id',
      TWITCH_CLIENT_SECRET: 'secret',
      TWITCH_EVENTSUB_TOKEN: 'token',
      TWITCH_EVENTSUB_URL: fake.url,
    });
    await vi.waitFor(() => expect(fake.twitch.made.length).toBe(2), patience);
    fake.twitch.event('ann', 'online');
    await vi.waitFor(
      () =>
        expect(view()).toMatchObject({
          status: 'live',
          statusReason: 'Twitch says that the channel is live.',
          startedAt: Date.UTC(2026, 7, 1, 11, 59),
        }),
      patience,
    );
    await vi.waitFor(
      () => expect(shown.at(-1)?.checker.push).toMatchObject([{ state: 'listening', channels: 1 }]),
      patience,
    );
  });
});
