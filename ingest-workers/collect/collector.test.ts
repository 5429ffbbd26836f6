import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CatalogueCommand } from '#shared/document/command.ts';
import { ok } from '#shared/kernel/result.ts';
import { ActorId, LocationId } from '#shared/model/ids.ts';
import { readLiveUrl } from '#shared/model/stream-url.ts';
import { createMemoryDisk } from '#shared/replica/in-memory-replica-store.ts';
import type { Replica } from '#shared/replica/replica.ts';
import type { AnswerPort } from './collector-parts.ts';
import type { SavedWatch } from './saved-watch.ts';
import {
  createTestPlatform,
  linksIn,
  must,
  say,
  startTestWorker,
  TEST_BOT,
  type TestWorker,
  type TestWorkerOptions,
} from './test-collector.ts';

let folder: string;
const workers: TestWorker[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'collector-'));
});
afterEach(async () => {
  for (const worker of workers.splice(0)) await end(worker);
  rmSync(folder, { recursive: true, force: true });
});

async function start(options: TestWorkerOptions = {}): Promise<TestWorker> {
  const worker = await startTestWorker(options);
  workers.push(worker);
  return worker;
}

async function end(worker: TestWorker): Promise<void> {
  workers.splice(0, workers.length, ...workers.filter((other) => other !== worker));
  await worker.collector.stop();
  worker.inbox.close();
  await worker.replica.close();
}

/** As an operator would have written it. */
async function writeAs(actor: string, replica: Replica, command: CatalogueCommand): Promise<void> {
  replica.actAs(ActorId.parse(actor), 'operator');
  must(await replica.send({ document: 'catalogue', command }));
  replica.actAs(TEST_BOT, 'service');
}

const streamAt = (replica: Replica, link: string) =>
  [...replica.catalogue().streams.values()].find((stream) => stream.link === link);

describe('a message with links', () => {
  it('[I10] becomes streams with poster and place, and gets one answer', async () => {
    const { collector, replica, platform } = await start();
    await writeAs('user:ann', replica, {
      type: 'put-location',
      id: LocationId.parse('portland'),
      fields: {
        city: 'Portland',
        region: 'Oregon',
        country: 'US',
        latitude: 45.5,
        longitude: -122.7,
        known: true,
      },
    });
    const message = say('Portland OR: https://www.twitch.tv/UnicornRiot and kick.com/abc');
    await collector.receive([message]);
    await collector.idle();
    expect(linksIn(replica)).toEqual(['https://kick.com/abc', 'https://www.twitch.tv/unicornriot']);
    expect(streamAt(replica, 'https://kick.com/abc')).toMatchObject({
      ...{ city: 'Portland', region: 'OR', country: 'US', latitude: 45.5, location: 'portland' },
      ...{ source: 'abc', postedBy: 'ann', addedBy: TEST_BOT, status: 'unknown' },
    });
    expect(platform.answers).toEqual([{ id: message.id, outcomes: ['added', 'added'], mayBeHeld: false }]);
  });

  it('[I10] takes the place of its channel when it names none, and the channel’s tags', async () => {
    const ruleOf = () => ({
      city: 'Oakland',
      region: 'CA',
      tags: ['bay'],
      moderated: false,
      directMedia: false,
    });
    const { collector, replica } = await start({ ruleOf });
    await collector.receive([say('https://kick.com/abc')]);
    await collector.idle();
    expect(streamAt(replica, 'https://kick.com/abc')).toMatchObject({
      city: 'Oakland',
      region: 'CA',
      tags: ['bay'],
    });
  });

  it('[I10] is listed under the poster’s name, without what cannot be seen and nothing of it breaks a line', async () => {
    const { collector, replica, platform } = await start();
    const authors = [`\u202egnp\u0000\u200b.\n${'x'.repeat(200)}`, '\u2066\ud800 ', '😀 ann'];
    await collector.receive(authors.map((author, n) => say(`kick.com/by${n}`, { author, authorId: `${n}` })));
    await collector.idle();
    const posters = authors.map((_, n) => streamAt(replica, `https://kick.com/by${n}`)?.postedBy);
    expect(posters).toEqual([`gnp.${'x'.repeat(200)}`, undefined, '😀 ann']);
    expect(platform.answers.flatMap(({ outcomes }) => outcomes)).toEqual(['added', 'added', 'added']);
  });

  it('[I11] that was told before changes nothing and is not answered again', async () => {
    const { collector, platform } = await start();
    const message = say('https://kick.com/abc');
    await collector.receive([message, message]);
    await collector.receive([message]);
    await collector.idle();
    await collector.receive([message]);
    await collector.idle();
    expect(platform.answers).toHaveLength(1);
  });

  it('[I11] of two messages with one link at once, the first has added it and the second finds it there', async () => {
    const { collector, platform, replica } = await start();
    await collector.receive([say('kick.com/abc'), say('https://www.kick.com/ABC?ref=x')]);
    await collector.idle();
    expect(platform.answers.map(({ outcomes }) => outcomes)).toEqual([['added'], ['known']]);
    expect(linksIn(replica)).toHaveLength(1);
  });

  it('[I12] that is edited is answered for the links that the edit brought, and for nothing else', async () => {
    const { collector, platform } = await start();
    const message = say('kick.com/abc');
    await collector.receive([message]);
    await collector.receive([{ ...message, version: 'e1', text: 'kick.com/abc in Tulsa' }]);
    await collector.receive([{ ...message, version: 'e2', text: 'kick.com/abc kick.com/def' }]);
    await collector.idle();
    expect(platform.answers.map(({ outcomes }) => outcomes)).toEqual([['added'], ['added']]);
  });

  it('[I13] leaves what is known as it is, but adds the place that nobody had said', async () => {
    const { collector, replica, platform } = await start();
    await writeAs('user:ann', replica, {
      type: 'put-location',
      id: LocationId.parse('tulsa'),
      fields: { city: 'Tulsa', region: 'OK', known: true },
    });
    const link = must(readLiveUrl('kick.com/abc')).url;
    await writeAs('user:ann', replica, { type: 'add-stream', link, fields: { label: 'Ann’s' } });
    await collector.receive([say('Tulsa OK kick.com/abc')]);
    await collector.receive([say('Tulsa OK kick.com/abc')]);
    await collector.idle();
    expect(streamAt(replica, link)).toMatchObject({ label: 'Ann’s', city: 'Tulsa', addedBy: 'user:ann' });
    expect(streamAt(replica, link)).not.toHaveProperty('postedBy');
    expect(platform.answers.map(({ outcomes }) => outcomes)).toEqual([['known'], ['known']]);
  });
});

describe('who and what is not wanted', () => {
  it('[I14] an ignored person, link or domain is told so and adds nothing', async () => {
    const { collector, replica, platform } = await start();
    await writeAs('user:ann', replica, { type: 'add-ignore', list: 'discord_user', value: 'Mallory' });
    await writeAs('user:ann', replica, { type: 'add-ignore', list: 'discord_user', value: '666' });
    await writeAs('user:ann', replica, { type: 'add-ignore', list: 'url', value: 'kick.com/abc' });
    await writeAs('user:ann', replica, { type: 'add-ignore', list: 'domain', value: 'dlive.tv' });
    await collector.receive([
      say('kick.com/fine', { author: 'mallory' }),
      say('kick.com/fine', { authorId: '666' }),
      say('kick.com/ABC'),
      say('dlive.tv/someone kick.com/fine'),
    ]);
    await collector.idle();
    expect(linksIn(replica)).toEqual(['https://kick.com/fine']);
    expect(platform.answers.map(({ outcomes }) => outcomes)).toEqual([
      ['ignored'],
      ['ignored'],
      ['ignored'],
      ['ignored', 'added'],
    ]);
  });

  it('[I14] new links of a platform that is switched off add nothing and cost nobody anything; known ones are known', async () => {
    let off = '';
    const authorLimit = { messages: 2, windowMs: 60_000 };
    const { collector, replica, platform } = await start({ authorLimit, isOff: (name) => name === off });
    await collector.receive([say('kick.com/there')]);
    await collector.idle();
    off = 'kick';
    await collector.receive([say('kick.com/fresh kick.com/there'), say('kick.com/other')]);
    await collector.receive([say('twitch.tv/fine')]);
    await collector.idle();
    expect(linksIn(replica)).toEqual(['https://kick.com/there', 'https://www.twitch.tv/fine']);
    expect(platform.answers.map(({ outcomes }) => outcomes.join())).toEqual([
      ...['added', 'ignored,known', 'ignored', 'added'],
    ]);
  });

  it('[I14] nothing is decided before the catalogue, and with it the ignore list, was seen for the first time', async () => {
    let isReady = false;
    const { collector, replica, platform } = await start({ isReady: () => isReady });
    await collector.receive([say('kick.com/abc', { author: 'mallory' }), say('kick.com/def')]);
    collector.kick();
    expect(linksIn(replica)).toEqual([]);
    await writeAs('user:ann', replica, { type: 'add-ignore', list: 'discord_user', value: 'mallory' });
    isReady = true;
    collector.kick();
    await collector.idle();
    expect(linksIn(replica)).toEqual(['https://kick.com/def']);
    expect(platform.answers.map(({ outcomes }) => outcomes)).toEqual([['ignored'], ['added']]);
  });

  it('[I15] of one person too many new links are not taken, with a sign; talk and known links cost nothing', async () => {
    const { collector, platform } = await start({ authorLimit: { messages: 2, windowMs: 60_000 } });
    const at = Date.UTC(2026, 5, 1);
    await collector.receive([
      say('hello', { atMs: at }),
      say('kick.com/aaa', { atMs: at }),
      say('kick.com/aaa', { atMs: at }),
      say('kick.com/bbb kick.com/ccc', { atMs: at }),
      say('kick.com/ddd', { atMs: at + 1_000 }),
      say('kick.com/eee', { atMs: at + 1_000, authorId: '78' }),
      say('kick.com/fff', { atMs: at + 60_001 }),
    ]);
    await collector.idle();
    expect(platform.answers.map(({ outcomes }) => outcomes.join())).toEqual([
      ...['added', 'known', 'added,added', 'limited', 'added', 'added'],
    ]);
  });

  it('[I16] a moderated channel’s new links wait for an operator, whose no is final', async () => {
    const ruleOf = () => ({ moderated: true, directMedia: false });
    const { collector, replica, platform } = await start({ ruleOf });
    await collector.receive([say('kick.com/abc'), say('kick.com/abc')]);
    await collector.idle();
    const stream = streamAt(replica, 'https://kick.com/abc')!;
    expect(stream.moderation).toBe('waiting');
    await collector.receive([say('kick.com/abc')]);
    await collector.idle();
    await writeAs('user:ann', replica, {
      type: 'edit-stream',
      id: stream.id,
      changes: { moderation: 'refused' },
    });
    await collector.receive([say('kick.com/abc')]);
    await collector.idle();
    await writeAs('user:ann', replica, {
      type: 'edit-stream',
      id: stream.id,
      changes: { moderation: 'accepted' },
    });
    await collector.receive([say('kick.com/abc')]);
    await collector.idle();
    expect(streamAt(replica, stream.link)?.moderation).toBe('accepted');
    expect(platform.answers.map(({ outcomes }) => outcomes[0])).toEqual([
      ...['waiting', 'known', 'waiting', 'ignored', 'known'],
    ]);
  });
});

describe('the truth of an answer', () => {
  const neverSaved = (): SavedWatch & { readonly save: () => void } => {
    let waiting: (() => void)[] = [];
    let isSaved = false;
    return {
      settled: () => (isSaved ? Promise.resolve() : new Promise((resolve) => void waiting.push(resolve))),
      stop: () => undefined,
      save() {
        isSaved = true;
        for (const resolve of waiting) resolve();
        waiting = [];
      },
    };
  };

  it('[I20] is given only once the server has saved the edit, and a sign that it is held until then', async () => {
    const saved = neverSaved();
    const waits: (() => void)[] = [];
    const timers = { after: (_ms: number, work: () => void) => (waits.push(work), () => undefined) };
    const { collector, replica, platform } = await start({ saved, timers });
    await collector.receive([say('kick.com/abc')]);
    await expect.poll(() => linksIn(replica)).toHaveLength(1);
    await expect.poll(() => waits.length).toBeGreaterThan(0);
    expect(platform.answers).toEqual([]);
    for (const work of waits.splice(0)) work();
    expect(platform.held).toHaveLength(1);
    saved.save();
    await expect.poll(() => platform.answers).toMatchObject([{ outcomes: ['added'], mayBeHeld: true }]);
  });

  it('[I20] is a sign for everyone, however many wait, one after the other and only while they wait', async () => {
    const saved = neverSaved();
    const waits: (() => void)[] = [];
    const timers = { after: (_ms: number, work: () => void) => (waits.push(work), () => undefined) };
    let [atOnce, mostAtOnce] = [0, 0];
    const noted = createTestPlatform();
    const platform: AnswerPort = {
      ...noted,
      async hold(message) {
        mostAtOnce = Math.max(mostAtOnce, ++atOnce);
        await noted.hold(message);
        atOnce -= 1;
        if (noted.held.length === 1_400) saved.save();
      },
    };
    const { collector } = await start({ saved, timers, platform });
    await collector.receive(Array.from({ length: 1_500 }, (_, i) => say(`kick.com/name${i}`)));
    await collector.receive([say('kick.com/late')]);
    await expect.poll(() => waits.length).toBeGreaterThan(0);
    for (const work of waits.splice(0)) work();
    await expect.poll(() => noted.answers.length).toBe(1_501);
    expect([noted.held.length, new Set(noted.held).size, mostAtOnce]).toEqual([1_400, 1_400, 1]);
    expect(noted.answers.filter(({ mayBeHeld }) => mayBeHeld)).toHaveLength(1_400);
  });

  it('[I20] says that it could not be done when the server took the edit back', async () => {
    const saved = neverSaved();
    const { collector, replica, platform } = await start({ saved });
    await collector.receive([say('kick.com/abc')]);
    await expect.poll(() => linksIn(replica)).toHaveLength(1);
    const { id } = streamAt(replica, 'https://kick.com/abc')!;
    await writeAs('user:ann', replica, { type: 'remove-stream', id });
    saved.save();
    await expect.poll(() => platform.answers).toMatchObject([{ outcomes: ['failed'] }]);
  });

  it('[I21] is given after a restart as it was decided before, though the stream is there by now', async () => {
    const disk = createMemoryDisk();
    const inboxFile = join(folder, 'inbox.db');
    const first = await start({ disk, inboxFile });
    first.platform.isAway = true;
    const message = say('kick.com/abc');
    await first.collector.receive([message]);
    await expect.poll(() => linksIn(first.replica)).toHaveLength(1);
    await end(first);
    const second = await start({ disk, inboxFile });
    await second.collector.receive([message, say('kick.com/abc')]);
    await second.collector.idle();
    expect(second.platform.answers.map(({ outcomes }) => outcomes)).toEqual([['added'], ['known']]);
  });

  it('[I21] is that it was known, when somebody else was first while this program was down', async () => {
    const disk = createMemoryDisk();
    const inboxFile = join(folder, 'inbox.db');
    disk.failure = undefined;
    const first = await start({ disk, inboxFile });
    disk.failure = { reason: 'disk-full', words: 'full' };
    await first.collector.receive([say('kick.com/abc')]);
    await end(first);
    disk.failure = undefined;
    const between = await start({ disk });
    await writeAs('user:bob', between.replica, {
      type: 'add-stream',
      link: must(readLiveUrl('kick.com/abc')).url,
    });
    await end(between);
    const second = await start({ disk, inboxFile });
    await second.collector.idle();
    expect(second.platform.answers.map(({ outcomes }) => outcomes)).toEqual([['known']]);
  });

  it('[I22] waits for a disk that is full and for a platform that is away, and is given then', async () => {
    const disk = createMemoryDisk();
    const waits: (() => void)[] = [];
    const timers = { after: (_ms: number, work: () => void) => (waits.push(work), () => undefined) };
    const { collector, replica, platform } = await start({ disk, timers });
    disk.failure = { reason: 'disk-full', words: 'The disk is full.' };
    platform.isAway = true;
    await collector.receive([say('kick.com/abc')]);
    await expect.poll(() => waits.length).toBe(1);
    disk.failure = undefined;
    waits.splice(0).forEach((work) => work());
    await expect.poll(() => linksIn(replica)).toHaveLength(1);
    await expect.poll(() => waits.length).toBeGreaterThan(1);
    platform.isAway = false;
    waits.splice(0).forEach((work) => work());
    await expect.poll(() => platform.answers).toMatchObject([{ outcomes: ['added'] }]);
  });

  it('[I22] a copy that cannot be written holds up nobody’s stream, and is written in the end', async () => {
    const waits: (() => void)[] = [];
    const timers = { after: (_ms: number, work: () => void) => (waits.push(work), () => undefined) };
    const copied: string[] = [];
    let isAway = true;
    const copy = {
      append: (streams: readonly { readonly link: string }[]) => {
        if (isAway) return Promise.reject(new Error('the sheet is away'));
        copied.push(...streams.map(({ link }) => link));
        return Promise.resolve();
      },
    };
    const { collector, replica, platform } = await start({ copy, timers });
    await collector.receive([say('kick.com/abc'), say('kick.com/abc')]);
    await expect.poll(() => platform.answers.length).toBe(2);
    expect(linksIn(replica)).toHaveLength(1);
    isAway = false;
    waits.splice(0).forEach((work) => work());
    await collector.idle();
    expect(copied).toEqual(['https://kick.com/abc']);
  });
});

describe('short links', () => {
  const short = 'https://vm.tiktok.com/ZMabc123/';

  it('[I30] become the stream that they lead to, with the message’s place', async () => {
    const { collector, replica, platform } = await start({
      resolveShort: () => Promise.resolve(ok(must(readLiveUrl('https://www.tiktok.com/@ann/live')))),
    });
    await collector.receive([say(`${short} and tiktok.com/@ann`)]);
    await collector.idle();
    expect(linksIn(replica)).toEqual(['https://www.tiktok.com/@ann/live']);
    expect(platform.answers).toMatchObject([{ outcomes: ['added'] }]);
  });

  it('[I31] that cannot be resolved become streams as they are', async () => {
    const { collector, replica, platform } = await start();
    await collector.receive([say(short)]);
    await collector.idle();
    expect(linksIn(replica)).toEqual(['https://vm.tiktok.com/ZMabc123']);
    expect(platform.answers).toMatchObject([{ outcomes: ['added'] }]);
  });

  it('[I30] hold up no other message', async () => {
    let resolve: (() => void) | undefined;
    const { collector, replica } = await start({
      resolveShort: (link) => new Promise((done) => (resolve = () => done(ok(link)))),
    });
    await collector.receive([say(short), say('kick.com/abc')]);
    await expect.poll(() => linksIn(replica)).toEqual(['https://kick.com/abc']);
    resolve?.();
    await collector.idle();
    expect(linksIn(replica)).toHaveLength(2);
  });
});

describe('the inbox', () => {
  it('[I23] keeps the mark of a channel and what was taken, over a restart', async () => {
    const inboxFile = join(folder, 'inbox.db');
    const first = await start({ inboxFile });
    await first.collector.receive([say('kick.com/abc')], { channel: 'street', last: '000123' });
    await first.collector.receive([say('nothing here')], { channel: 'street', last: '000124' });
    await end(first);
    const second = await start({ inboxFile });
    expect(second.inbox.mark('street')).toBe('000124');
    expect(second.inbox.mark('other')).toBeUndefined();
  });

  it('[I24] that is damaged is put aside, and the worker goes on', async () => {
    const inboxFile = join(folder, 'inbox.db');
    writeFileSync(inboxFile, 'this was a database once, before the disk had its own ideas'.repeat(100));
    const { collector, platform } = await start({ inboxFile });
    await collector.receive([say('kick.com/abc')]);
    await collector.idle();
    expect(platform.answers).toHaveLength(1);
    expect(readdirSync(folder).some((name) => name.startsWith('inbox.db.damaged-'))).toBe(true);
  });

  it('[I25] 2,000 messages at once all come to their end, each link once', async () => {
    const { collector, replica, platform } = await start();
    const messages = Array.from({ length: 2_000 }, (_, i) => say(`kick.com/name${i % 1_500}`));
    await Promise.all(messages.map((message) => collector.receive([message])));
    await collector.idle();
    expect(linksIn(replica)).toHaveLength(1_500);
    const count = (outcome: string) =>
      platform.answers.filter(({ outcomes }) => outcomes[0] === outcome).length;
    expect([count('added'), count('known')]).toEqual([1_500, 500]);
  });
});
