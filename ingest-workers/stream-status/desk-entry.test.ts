import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ActorId } from '#shared/model/ids.ts';
import { Link } from '#shared/model/stream.ts';
import { FromStatusWorker, type ToStatusWorker } from '#shared/protocol/status-worker-messages.ts';
import { createManualTime, openCatalogue } from './test-checkers.ts';
import { createFakeWeb, platformHosts, sendJson, subjectOf } from './test-fake-web.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

const patience = { timeout: 30_000, interval: 20 };

describe('a desk without a server', () => {
  it('[LS19] has its streams checked by a process of its own, and writes itself what that finds', async () => {
    const web = await createFakeWeb({ nowMs: () => Date.now() });
    stops.push(web.close);
    const broadcast = { type: 'live', viewersCount: 77 };
    web.on('gql.twitch.tv', sendJson({ data: { u0: { login: 'ann', stream: broadcast } } }));
    const desk = await openCatalogue(createManualTime());
    const link = Link.parse('https://www.twitch.tv/ann');
    desk.actAs(ActorId.parse('service:status'), 'service');
    await desk.send({ document: 'catalogue', command: { type: 'add-stream', link } });

    const child = fork(fileURLToPath(new URL('desk-entry.ts', import.meta.url)), {
      env: {
        ...process.env,
        STREAMWALL_STAND_INS: platformHosts.map((host) => `${host}=${web.origin}`).join(','),
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
    const view = () => desk.catalogue().streams.get(subjectOf(link).id);
    await vi.waitFor(() => expect(view()?.status).toBe('live'), patience);
    await vi.waitFor(
      () =>
        expect(shown.flatMap(({ reads }) => reads)).toMatchObject([{ id: subjectOf(link).id, viewers: 77 }]),
      patience,
    );
    web.on('gql.twitch.tv', sendJson({ data: { u0: { login: 'ann', stream: null } } }));
    child.send({ type: 'nonsense' });
    tell({ type: 'check-now', ids: [subjectOf(link).id] });
    await vi.waitFor(() => expect(view()?.statusReason).toMatch(/^Maybe ended: /), patience);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.disconnect();
    expect(await ended).toBe(0);
  });
});
