import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PushSource } from '../../push-source.ts';
import { createManualTime } from '../../test-checkers.ts';
import { createFakeWeb, sendJson, subjectOf, type FakeWeb } from '../../test-fake-web.ts';
import { createSubscriber } from './subscribe.ts';
import { startFakeEventSub, type FakeEventSub } from './test-fake-eventsub.ts';
import { createTwitchEventSub } from './twitch-eventsub.ts';
import { createUserToken } from './user-token.ts';
import { openEventSubSocket } from './websocket-eventsub.ts';

const app = { clientId: 'id', clientSecret: 'secret' };
const channel = (name: string) => subjectOf(`https://www.twitch.tv/${name}`);
const soon = { timeout: 10_000, interval: 5 };
let web: FakeWeb;
let fake: FakeEventSub;
const stops: (() => void)[] = [];

beforeAll(async () => {
  web = await createFakeWeb({ nowMs: () => Date.now() });
});
afterAll(() => web.close());
beforeEach(async () => {
  fake = await startFakeEventSub(web);
  stops.push(fake.stop);
});
afterEach(() => {
  for (const stop of stops.splice(0).reverse()) stop();
});

function listen(names: readonly string[], refreshToken?: string) {
  const time = createManualTime();
  const words: string[] = [];
  const tools = { fetch: web.fetch, clock: time.clock };
  const source: PushSource = createTwitchEventSub({
    ...{ url: fake.url, openSocket: openEventSubSocket, clock: time.clock, timers: time.timers },
    subscriber: createSubscriber(tools, app.clientId, createUserToken(tools, app, 'token', refreshToken)),
    random: () => 0.5,
  })((id, { status, evidence }) =>
    words.push(`${names.find((name) => channel(name).id === id)} ${status} ${evidence}`),
  );
  stops.push(source.stop);
  source.want(names.map(channel));
  const listening = (channels: number) =>
    vi.waitFor(() => expect(source.shown()).toMatchObject({ state: 'listening', channels }), soon);
  return { source, time, words, listening };
}

const online = (name: string) => `${name} live eventsub stream.online`;
const offline = (name: string) => `${name} offline eventsub stream.offline`;

describe('Twitch’s own word', () => {
  it('[LS21] is heard of whom one asked for: both, beginnings and ends; nothing is ever said on the line', async () => {
    const { words, listening } = listen(['ann', 'bob']);
    await listening(2);
    fake.twitch.event('ann', 'online');
    fake.twitch.event('bob', 'offline');
    fake.twitch.alive();
    await vi.waitFor(() => expect(words).toEqual([online('ann'), offline('bob')]), soon);
    expect(fake.twitch.heard).toEqual([]);
    expect(fake.twitch.made.map(({ type }) => type)).toEqual([
      'stream.online',
      'stream.offline',
      'stream.online',
      'stream.offline',
    ]);
  });

  it('[LS21] that is told twice counts once', async () => {
    const { words, listening } = listen(['ann']);
    await listening(1);
    fake.twitch.event('ann', 'online', 'same');
    fake.twitch.event('ann', 'online', 'same');
    fake.twitch.event('ann', 'offline');
    await vi.waitFor(() => expect(words).toEqual([online('ann'), offline('ann')]), soon);
  });

  it('[LS21] goes on over a move to another server, without a gap and without subscribing again', async () => {
    const { words, listening } = listen(['ann']);
    await listening(1);
    fake.twitch.event('ann', 'online');
    fake.twitch.move();
    await vi.waitFor(() => expect(fake.twitch.visits).toBe(2), soon);
    await vi.waitFor(() => expect(fake.twitch.sessions()).toEqual(['session-1']), soon);
    fake.twitch.event('ann', 'offline');
    await vi.waitFor(() => expect(words).toEqual([online('ann'), offline('ann')]), soon);
    expect(fake.twitch.made.length).toBe(2);
  });

  it('[LS21] comes back with all subscriptions after the line broke, fell silent, or was not greeted', async () => {
    const { source, time, words, listening } = listen(['ann']);
    const visited = (visits: number) =>
      vi.waitFor(async () => {
        if (fake.twitch.visits < visits) await time.pass(1);
        expect(fake.twitch.visits).toBe(visits);
      }, soon);
    await listening(1);
    fake.twitch.drop();
    await vi.waitFor(() => expect(source.shown().state).toBe('connecting'), soon);
    expect(source.shown().words).toContain('asked about');
    await visited(2);
    await listening(1);
    await time.pass(12);
    fake.twitch.alive();
    fake.twitch.event('ann', 'offline');
    await vi.waitFor(() => expect(words).toEqual([offline('ann')]), soon);
    await time.pass(14);
    expect(source.shown().state).toBe('listening');
    fake.twitch.greets = false;
    await time.pass(2);
    expect(source.shown().state).toBe('connecting');
    await visited(3);
    fake.twitch.greets = true;
    await visited(4);
    await listening(1);
    fake.twitch.event('ann', 'online');
    await vi.waitFor(() => expect(words).toEqual([offline('ann'), online('ann')]), soon);
  });

  it('[LS21] is subscribed to as far as there is room, the most important first; others are let in later', async () => {
    fake.twitch.maxCost = 4;
    const { source, time, listening } = listen(['ann', 'nobody1', 'bob', 'carl']);
    await listening(2);
    expect(fake.twitch.made.map(({ user }) => user)).toEqual(['id-ann', 'id-ann', 'id-bob', 'id-bob']);
    source.want(['carl', 'ann', 'bob'].map(channel));
    await time.pass(1);
    expect(fake.twitch.visits).toBe(1);
    await time.pass(600);
    fake.twitch.alive();
    source.want(['carl', 'ann', 'bob'].map(channel));
    await vi.waitFor(
      () => expect(new Set(fake.twitch.made.map(({ user }) => user))).toEqual(new Set(['id-carl', 'id-ann'])),
      soon,
    );
  });

  it('[LS21] that is taken back is not asked for again; a token that is taken back is said so, and tried again later', async () => {
    const { source, time, listening } = listen(['ann', 'bob']);
    await listening(2);
    fake.twitch.revoke('ann', 'user_removed');
    await listening(1);
    source.want(['ann', 'bob'].map(channel));
    expect(source.shown().words).toBe('Twitch took back a subscription: user_removed.');
    fake.twitch.revoke('bob', 'authorization_revoked');
    await vi.waitFor(() => expect(source.shown().state).toBe('refused'), soon);
    expect(source.shown()).toMatchObject({ channels: 0, words: 'The token for EventSub was taken back.' });
    const { visits } = fake.twitch;
    await time.pass(590);
    expect(fake.twitch.visits).toBe(visits);
    await time.pass(20);
    await vi.waitFor(() => expect(fake.twitch.visits).toBe(visits + 1), soon);
  });

  it('[LS21] needs a token that holds: one that ended is renewed where that can be, else it is said', async () => {
    fake.twitch.token = 'fresh';
    const refused = listen(['ann']);
    await vi.waitFor(() => expect(refused.source.shown().state).toBe('refused'), soon);
    expect(refused.source.shown().words).toBe('Twitch does not accept the token for EventSub.');
    web.on('id.twitch.tv', (request, response) => {
      const form = new URLSearchParams(request.body);
      const isRight = form.get('grant_type') === 'refresh_token' && form.get('refresh_token') === 'renewing';
      sendJson(isRight ? { access_token: 'fresh', refresh_token: 'next' } : {}, isRight ? 200 : 400)(
        request,
        response,
      );
    });
    await listen(['ann'], 'renewing').listening(1);
  });

  it('[LS21] that is nonsense, too long, or leads elsewhere changes nothing, or costs one line', async () => {
    const { time, words, listening } = listen(['ann']);
    await listening(1);
    for (const text of [
      '{',
      '[]',
      '{"metadata":{"message_id":"x","message_type":"notification"},"payload":{}}',
    ])
      fake.twitch.sayRaw(text);
    fake.twitch.move('ws://evil.example/ws');
    fake.twitch.event('ann', 'online');
    await vi.waitFor(() => expect(words).toEqual([online('ann')]), soon);
    expect(fake.twitch.visits).toBe(1);
    fake.twitch.sayRaw('x'.repeat(100_000));
    await vi.waitFor(() => expect(fake.twitch.sessions()).toEqual([]), soon);
    await time.pass(2);
    await listening(1);
  });

  it('[LS21] is not listened to while there is nobody to hear of', async () => {
    const { source, listening } = listen(['ann']);
    await listening(1);
    source.want([]);
    await vi.waitFor(() => expect(fake.twitch.sessions()).toEqual([]), soon);
    expect(source.shown()).toMatchObject({ channels: 0 });
  });
});
