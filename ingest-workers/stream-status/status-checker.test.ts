import { afterEach, describe, expect, it } from 'vitest';
import type { CatalogueCommand } from '#shared/document/command.ts';
import { ActorId, StreamerId, type StreamId } from '#shared/model/ids.ts';
import { Link } from '#shared/model/stream.ts';
import type { Replica } from '#shared/replica/replica.ts';
import { noteReads, readWorkerPresence } from '#shared/protocol/worker-presence.ts';
import { writeMetricText } from '../write-metric-text.ts';
import type { StatusChecker } from './create-status-checker.ts';
import { defaultPolicy } from './policy.ts';
import type { OpenPush } from './push-source.ts';
import { answer, noAnswer } from './reading.ts';
import { MAYBE_ENDED } from './status-words.ts';
import {
  createFakePlatform,
  createManualTime,
  createSharedPresence,
  openCatalogue,
  startChecker,
} from './test-checkers.ts';
import { subjectOf } from './test-fake-web.ts';

const live = answer('live', 'It is live.', '', {
  title: 'Downtown',
  startedAt: Date.UTC(2026, 7, 1, 11),
  viewers: 5,
});
const offline = answer('offline', 'It is over.', '');
const down = noAnswer('down', 'They are in trouble (503).', '');
const linkOf = (name: string) => Link.parse(`https://www.twitch.tv/${name}`);
const idOf = (name: string): StreamId => subjectOf(linkOf(name)).id;

const checkers: StatusChecker[] = [];
afterEach(async () => {
  for (const checker of checkers.splice(0)) await checker.stop();
});

async function setUp(names: readonly string[]) {
  const time = createManualTime();
  const replica = await openCatalogue(time);
  const platform = createFakePlatform();
  const send = async (command: CatalogueCommand) => {
    const done = await replica.send({ document: 'catalogue', command });
    if (!done.ok) throw new Error(done.error.message);
  };
  for (const name of names) {
    await send({ type: 'add-stream', link: linkOf(name) });
    platform.says.set(name, offline);
  }
  const start = (
    name: string,
    ...rest: [] | [ReturnType<ReturnType<typeof createSharedPresence>['join']>]
  ) => {
    const checker = startChecker(name, replica, platform, time, ...rest);
    checkers.push(checker);
    return checker;
  };
  const view = (name: string) => replica.catalogue().streams.get(idOf(name));
  return { time, replica, platform, send, start, view };
}

/** As a person at a desk. */
async function asPerson(replica: Replica, command: CatalogueCommand): Promise<void> {
  replica.actAs(ActorId.parse('user:ann'), 'operator');
  await replica.send({ document: 'catalogue', command });
  replica.actAs(ActorId.parse('service:status'), 'service');
}

describe('a checker', () => {
  it('[LS13] writes what changed, with its reason and what is known of the broadcast, and nothing else', async () => {
    const { time, platform, start, view, replica } = await setUp(['ann', 'bob']);
    platform.says.set('ann', live);
    const checker = start('one');
    await time.pass(5);
    expect(view('ann')).toMatchObject({
      status: 'live',
      statusReason: 'It is live.',
      title: 'Downtown',
      startedAt: Date.UTC(2026, 7, 1, 11),
    });
    expect(view('bob')).toMatchObject({ status: 'offline', statusReason: 'It is over.' });
    const written = checker.written();
    let changes = 0;
    replica.onCatalogue(() => (changes += 1));
    const asked = platform.asked.length;
    await time.pass(2000);
    expect(platform.asked.length).toBeGreaterThan(asked + 5);
    expect(checker.written()).toBe(written);
    expect(changes).toBe(0);
  });

  it('[LS13] a title is written when a broadcast begins, and a person’s title stays', async () => {
    const { time, platform, start, view, replica } = await setUp(['ann', 'bob']);
    await asPerson(replica, { type: 'edit-stream', id: idOf('bob'), changes: { title: 'My words' } });
    platform.says.set('ann', live).set('bob', live);
    start('one');
    await time.pass(5);
    expect([view('ann')?.title, view('bob')?.title]).toEqual(['Downtown', 'My words']);
    platform.says.set('ann', answer('live', 'It is live.', '', { title: 'Another' }));
    await time.pass(600);
    expect(view('ann')?.title).toBe('Downtown');
    platform.says.set('ann', offline);
    await time.pass(1200);
    platform.says.set('ann', answer('live', 'It is live.', '', { title: 'The next' }));
    await time.pass(1200);
    expect(view('ann')?.title).toBe('The next');
  });

  it('[LS13] what only ticks is shown in presence: when it was read, viewers, a picture; and everybody’s numbers', async () => {
    const { time, platform, start } = await setUp(['ann', 'bob']);
    const presence = createSharedPresence();
    const thumbnail = 'https://static.example/ann.jpg';
    platform.says.set('ann', answer('live', 'It is live.', '', { viewers: 12, thumbnail }));
    platform.says.set('bob', down);
    start('one', presence.join());
    await time.pass(9);
    const shown = readWorkerPresence(presence.states);
    const [first] = shown.values();
    expect(noteReads(new Map(), shown.values(), time.clock.nowMs()).get(idOf('ann'))).toMatchObject({
      viewers: 12,
      thumbnail,
    });
    expect(first?.checker).toMatchObject({ streams: 2, changed: 2, troubles: [], queue: 0 });
    expect(first?.checker?.checked).toBeGreaterThanOrEqual(2);
    expect(first?.checker?.failed).toBeGreaterThanOrEqual(1);
    platform.says.set('ann', answer('live', 'It is live.', '', { viewers: 13 }));
    await time.pass(600);
    const later = noteReads(new Map(), readWorkerPresence(presence.states).values(), time.clock.nowMs());
    expect(later.get(idOf('ann'))).toMatchObject({ viewers: 13 });
  });

  it('[LS20] metrics say what was asked of whom, what gave no answer and why, what waits, and who is left alone', async () => {
    const { time, platform, start } = await setUp(['ann']);
    const checker = start('one');
    platform.firstSays = down;
    platform.says.set('ann', down);
    for (let n = 0; n < 8; n += 1) {
      checker.checkNow([idOf('ann')]);
      await time.pass(5);
    }
    const text = writeMetricText({ isWell: true, metrics: [...checker.metrics()] });
    expect(text).toMatch(/^streamwall_program_up 1$/m);
    expect(text).toMatch(/^streamwall_status_no_answer_total\{host="key",cause="down"\} [3-9]$/m);
    expect(text).toMatch(/^streamwall_status_host_rests_seconds\{host="key"\} \d+$/m);
    expect(text).toMatch(/^streamwall_status_queue \d+$/m);
    expect(text).toMatch(/^streamwall_status_lag_seconds \d+/m);
  });

  it('[LS14] the wall sees at once that a stream may have ended, and is told that it has after the flap time', async () => {
    const { time, platform, start, view } = await setUp(['ann']);
    platform.says.set('ann', live);
    const checker = start('one');
    await time.pass(5);
    platform.says.set('ann', offline);
    checker.checkNow([idOf('ann')]);
    await time.pass(2);
    expect(view('ann')).toMatchObject({ status: 'live', statusReason: `${MAYBE_ENDED}It is over.` });
    await time.pass(100);
    expect(view('ann')).toMatchObject({ status: 'offline', statusReason: 'It is over.' });
    expect(view('ann')?.endedAt).toBeDefined();
  });

  it('[LS14] a checker that starts anew goes on where the last one was', async () => {
    const { time, platform, start, view } = await setUp(['ann']);
    platform.says.set('ann', live);
    const first = start('one');
    await time.pass(5);
    platform.says.set('ann', offline);
    first.checkNow([idOf('ann')]);
    await time.pass(2);
    await first.stop();
    await time.pass(60);
    start('two');
    await time.pass(40);
    expect(view('ann')?.status).toBe('offline');
  });

  it('[LS21] what a platform says by itself is shown at once, holds against what its list does not know yet, and is filled in later', async () => {
    const { time, platform, view, replica } = await setUp(['ann']);
    let tell: Parameters<OpenPush>[0] = () => undefined;
    let wanted: readonly string[] = [];
    const push: OpenPush = (onWord) => {
      tell = onWord;
      return {
        want: (subjects) => (wanted = subjects.map(({ id }) => id)),
        shown: () => ({ platform: 'twitch', state: 'listening', channels: 1 }),
        stop: () => undefined,
      };
    };
    const checker = startChecker('one', replica, platform, time, createSharedPresence().join(), [push]);
    checkers.push(checker);
    await time.pass(20);
    expect(wanted).toEqual([idOf('ann')]);
    const startedAt = time.clock.nowMs() - 5000;
    tell(idOf('ann'), answer('live', 'Twitch says so.', '', { startedAt }));
    await time.pass(1);
    expect(view('ann')).toMatchObject({ status: 'live', statusReason: 'Twitch says so.', startedAt });
    for (let n = 0; n < 2; n += 1) {
      checker.checkNow([idOf('ann')]);
      await time.pass(80);
    }
    expect(view('ann')).toMatchObject({ status: 'live', statusReason: 'Twitch says so.' });
    platform.says.set('ann', answer('live', 'It is live.', '', { startedAt, title: 'Downtown' }));
    await time.pass(300);
    expect(view('ann')?.title).toBe('Downtown');
    tell(idOf('ann'), offline);
    await time.pass(1);
    expect(view('ann')?.statusReason).toMatch(/^Maybe ended: /);
    checker.checkNow([idOf('ann')]);
    await time.pass(5);
    expect(view('ann')?.statusReason).toMatch(/^Maybe ended: /);
    platform.says.set('ann', offline);
    await time.pass(120);
    expect(view('ann')?.status).toBe('offline');
    expect(checker.shown().push).toEqual([{ platform: 'twitch', state: 'listening', channels: 1 }]);
  });

  it('[LS15] a person’s word holds for its time, shows that it does, and the next check counts after that', async () => {
    const { time, platform, start, view, replica } = await setUp(['ann']);
    const checker = start('one');
    await time.pass(5);
    const manualUntil = time.clock.nowMs() + 600_000;
    await asPerson(replica, {
      type: 'set-stream-status',
      id: idOf('ann'),
      status: 'live',
      reason: 'I see it.',
      manualUntil,
    });
    checker.checkNow([idOf('ann')]);
    await time.pass(500);
    expect(view('ann')).toMatchObject({
      status: 'live',
      statusReason: 'I see it.',
      manualUntil,
      statusBy: 'user:ann',
    });
    expect(platform.asked.length).toBeGreaterThan(1);
    await time.pass(200);
    expect(view('ann')).toMatchObject({ status: 'offline' });
    expect(view('ann')?.manualUntil).toBeUndefined();
  });

  it('[LS16] what is not to be checked is not; what a person wants to know now is asked now', async () => {
    const { time, platform, start, replica } = await setUp(['ann', 'bob']);
    const presence = createSharedPresence();
    start('one', presence.join());
    await time.pass(5);
    await asPerson(replica, { type: 'edit-stream', id: idOf('bob'), changes: { noCheck: true } });
    platform.asked.length = 0;
    await time.pass(2);
    presence.states.set(99, { checkNow: { ids: [idOf('ann'), idOf('bob')], n: 1 }, name: 'Ann' });
    await time.pass(2);
    expect(platform.asked.map(({ name }) => name)).toEqual(['ann']);
    await time.pass(20);
    expect(platform.asked.length).toBe(1);
    presence.states.set(99, { checkNow: { ids: [idOf('ann')], n: 2 } });
    presence.states.set(98, { checkNow: { ids: 'all', n: {} }, checker: { name: 7 } });
    presence.states.set(97, null);
    await time.pass(2);
    expect(platform.asked.length).toBe(2);
  });

  it('[LS17] a known streamer’s channel is looked at though it is not listed; when it goes live a stream appears', async () => {
    const { time, platform, start, view, send } = await setUp([]);
    const accounts = [{ platform: 'twitch' as const, username: 'CarolLive', active: true }];
    await send({
      type: 'put-streamer',
      id: StreamerId.parse('carol'),
      fields: { name: 'Carol', accounts, priority: 90 },
    });
    await send({
      type: 'put-streamer',
      id: StreamerId.parse('dave'),
      fields: { name: 'Dave', accounts: [{ platform: 'twitch', username: 'dave', active: true }] },
    });
    platform.says.set('carollive', offline);
    start('one');
    await time.pass(5);
    expect(platform.asked.map(({ name }) => name)).toEqual(['carollive']);
    expect(view('carollive')).toBeUndefined();
    platform.says.set('carollive', live);
    await time.pass(300);
    expect(view('carollive')).toMatchObject({
      status: 'live',
      source: 'Carol',
      streamer: 'carol',
      title: 'Downtown',
    });
    // Put away while it is live, it stays away; with the next broadcast it is back.
    await send({ type: 'edit-stream', id: idOf('carollive'), changes: { archived: true } });
    await time.pass(600);
    expect(view('carollive')?.archived).toBe(true);
    platform.says.set('carollive', offline);
    await time.pass(1000);
    expect(view('carollive')).toMatchObject({ status: 'offline', archived: true });
    platform.says.set('carollive', live);
    await time.pass(600);
    expect(view('carollive')?.status).toBe('live');
    expect(view('carollive')?.archived).toBeFalsy();
  });
});

describe('stories', () => {
  const names = Array.from({ length: 60 }, (_, n) => `channel_${n}`);

  it('[LS18] three checkers share the streams; one is killed in mid-cycle, and the others have its streams within 15 s', async () => {
    const { time, platform, start } = await setUp(names);
    const presence = createSharedPresence();
    start('a', presence.join());
    await time.pass(1);
    const victim = start('b', presence.join());
    start('c', presence.join());
    await time.pass(30);
    const ownersOf = (since: number) => {
      const owners = new Map<string, Set<string>>();
      for (const { checker, name, at } of platform.asked)
        if (at > since) owners.set(name, (owners.get(name) ?? new Set()).add(checker));
      return owners;
    };
    const settled = time.clock.nowMs();
    await time.pass(2600);
    const before = ownersOf(settled);
    expect(before.size).toBe(60);
    expect([...before.values()].every((owners) => owners.size === 1)).toBe(true);
    // Nobody is asked about twice within its interval, by whomever: these are looked at every four and a half minutes.
    const times = new Map<string, number[]>();
    for (const { name, at } of platform.asked)
      if (at > settled) times.set(name, [...(times.get(name) ?? []), at]);
    const gaps = [...times.values()].flatMap((all) => all.slice(1).map((at, n) => at - (all[n] ?? 0)));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(
      defaultPolicy.single.expected * (1 - defaultPolicy.jitter),
    );
    const lost = [...before].filter(([, owners]) => owners.has('b')).map(([name]) => name);
    expect(lost.length).toBeGreaterThan(5);
    // Killed: it sends nothing any more, and its last state stays for all to see.
    const last = new Map(presence.states);
    await victim.stop();
    for (const [client, state] of last) if (!presence.states.has(client)) presence.states.set(client, state);
    await time.pass(15);
    const takenOver = time.clock.nowMs();
    await time.pass(60);
    const after = ownersOf(takenOver - 15_000);
    expect(lost.every((name) => after.get(name)?.size === 1)).toBe(true);
    expect([...after.values()].some((owners) => owners.has('b'))).toBe(false);
  });

  it('[LS18] a platform is cut off: what was live becomes unknown with the reason, the operator sees who is left alone until when, and all comes back', async () => {
    const { time, platform, start, view } = await setUp(['ann', 'bob']);
    platform.says.set('ann', live);
    const checker = start('one');
    await time.pass(5);
    const before = [...platform.says];
    for (const [name] of before) platform.says.set(name, down);
    platform.firstSays = down;
    await time.pass(500);
    expect(view('ann')?.status).toBe('live');
    await time.pass(700);
    expect(view('ann')).toMatchObject({ status: 'unknown', statusReason: 'They are in trouble (503).' });
    expect(view('bob')?.status).toBe('offline');
    expect(checker.shown().troubles.map(({ host, cause }) => [host, cause])).toContainEqual(['key', 'down']);
    const asked = platform.asked.length;
    await time.pass(600);
    expect(platform.asked.length - asked).toBeLessThan(12);
    platform.firstSays = undefined;
    for (const [name, reading] of before) platform.says.set(name, reading);
    await time.pass(900);
    expect(view('ann')?.status).toBe('live');
    expect(checker.shown().troubles).toEqual([]);
  });

  it('[LS18] the key is revoked: the other way is taken, statuses go on, and the operator sees why', async () => {
    const { time, platform, start, view } = await setUp(['ann']);
    const checker = start('one');
    await time.pass(5);
    platform.firstSays = noAnswer('key', 'They do not accept our key.', 'HTTP 401');
    platform.says.set('ann', live);
    checker.checkNow([idOf('ann')]);
    await time.pass(300);
    expect(view('ann')?.status).toBe('live');
    expect(platform.asked.at(-1)?.way).toBe('web');
    expect(checker.shown().troubles).toMatchObject([
      { host: 'key', cause: 'key', reason: 'They do not accept our key.' },
    ]);
  });
});
