import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import { createInMemoryFanOut } from './in-memory-fan-out.ts';
import { loadRoomDocument } from './room-document.ts';
import {
  createTestLog,
  createTestPeer,
  edit,
  enter,
  openTestRoom,
  readFrames,
  sendEdit,
  WALL,
} from './test-room.ts';

const put =
  (root: string, key: string, value: unknown) =>
  (doc: Y.Doc): void =>
    void doc.getMap(root).set(key, value);
const settings = (doc: Y.Doc): unknown => doc.getMap('settings').toJSON();
const kinds = (write: readonly Uint8Array[] = []): string[] =>
  write.flatMap(readFrames).map(({ kind }) => kind);

describe('a room', () => {
  it('[S8] tells nobody of an edit, and does not call it saved, before it is stored', async () => {
    const { log, hold } = createTestLog();
    const room = await openTestRoom(log);
    const [ana, ben] = [createTestPeer('ana'), createTestPeer('ben')];
    enter(room, ana, ben);
    await room.settled();
    const release = hold();
    edit(room, ana, 1, put('settings', 'name', 'Night'));
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect([settings(ben.doc), ana.answers]).toEqual([{}, []]);
    const cara = createTestPeer('cara');
    enter(room, cara);
    release();
    await room.settled();
    expect([settings(ben.doc), settings(cara.doc)]).toEqual([{ name: 'Night' }, { name: 'Night' }]);
    expect(ana.answers).toEqual(['saved 1']);
    expect(await log.last(WALL.name)).toBe(1);
  });

  it('[S9] hands everybody what came in one turn in one write, without their own', async () => {
    const { log } = createTestLog();
    const room = await openTestRoom(log);
    const [ana, ben, cara] = [createTestPeer('ana'), createTestPeer('ben'), createTestPeer('cara')];
    enter(room, ana, ben, cara);
    await room.settled();
    for (const peer of [ana, ben, cara]) peer.writes.length = 0;
    edit(room, ana, 1, put('settings', 'a', 1));
    edit(room, ben, 1, put('settings', 'b', 2));
    edit(room, ana, 2, put('settings', 'c', 3));
    await room.settled();
    expect(ana.writes.map(kinds)).toEqual([['0.2']]);
    expect(ben.writes.map(kinds)).toEqual([['0.2', '0.2']]);
    expect(cara.writes.map(kinds)).toEqual([['0.2', '0.2', '0.2']]);
    for (const peer of [ana, ben, cara]) expect(settings(peer.doc)).toEqual({ a: 1, b: 2, c: 3 });
    expect(ana.answers).toEqual(['saved 1', 'saved 2']);
  });

  it('[S10] passes edits on while the log is away, and stores them in order when it is back', async () => {
    const { log, away } = createTestLog();
    const room = await openTestRoom(log);
    const [ana, ben] = [createTestPeer('ana'), createTestPeer('ben')];
    enter(room, ana, ben);
    await room.settled();
    away.is = true;
    edit(room, ana, 1, put('settings', 'a', 1));
    await vi.waitFor(() => expect(settings(ben.doc)).toEqual({ a: 1 }));
    edit(room, ana, 2, put('settings', 'a', 2));
    edit(room, ben, 1, put('settings', 'b', 1));
    await vi.waitFor(() => expect(settings(ben.doc)).toEqual({ a: 2, b: 1 }));
    expect([ana.answers, ben.answers]).toEqual([[], []]);
    away.is = false;
    await room.settled();
    expect([ana.answers, ben.answers]).toEqual([['saved 1', 'saved 2'], ['saved 1']]);
    const rows = await log.read(WALL.name, 0, 10);
    expect(rows.map(({ number, actor }) => [number, actor])).toEqual([
      [1, 'user:ana'],
      [2, 'user:ana'],
      [3, 'user:ben'],
    ]);
    const later = createTestPeer('later');
    enter(await openTestRoom(log), later);
    await vi.waitFor(() => expect(settings(later.doc)).toEqual({ a: 2, b: 1 }));
  });

  it('[S10] asks to hold on when no more can wait, and takes the same edit later', async () => {
    const { log, away } = createTestLog();
    const room = await openTestRoom(log, { maxWaitingBytes: 2_000 });
    const ana = createTestPeer('ana');
    enter(room, ana);
    await room.settled();
    away.is = true;
    edit(room, ana, 1, put('settings', 'a', 'x'.repeat(1_500)));
    put('settings', 'b', 'y'.repeat(1_500))(ana.doc);
    const [second] = ana.takeEdits();
    await vi.waitFor(() => {
      sendEdit(room, ana, 2, second!);
      expect(ana.answers).toContain('held hold-on 2');
    });
    away.is = false;
    await room.settled();
    sendEdit(room, ana, 2, second!);
    await room.settled();
    expect(ana.answers.filter((answer) => answer.startsWith('saved'))).toEqual(['saved 1', 'saved 2']);
  });

  it('[S10] bounds what waits in all rooms together', async () => {
    const { log, away } = createTestLog();
    const waiting = { bytes: 0 };
    const open = async () => openTestRoom(log, { maxWaitingBytes: 2_000, waiting });
    const rooms = [await open(), await open(), await open()];
    const peers = ['ana', 'ben', 'cara'].map((name) => createTestPeer(name));
    away.is = true;
    for (const [i, peer] of peers.entries()) {
      const room = rooms[i]!;
      enter(room, peer);
      edit(room, peer, 1, put('settings', peer.actor, 'x'.repeat(1_800)));
      await vi.waitFor(() => expect(waiting.bytes + peer.answers.length).toBeGreaterThan(i * 1_800));
    }
    expect(peers.map(({ answers }) => answers)).toEqual([[], [], ['held hold-on 1']]);
    away.is = false;
    for (const room of rooms) await room.settled();
    expect([waiting.bytes, await log.last(WALL.name)]).toEqual([0, 2]);
  });

  it('[S11] fills a gap from the log, and tells its own people', async () => {
    const { log } = createTestLog();
    const [one, two] = [await openTestRoom(log), await openTestRoom(log)];
    const [ana, ben] = [createTestPeer('ana'), createTestPeer('ben')];
    enter(one, ana);
    enter(two, ben);
    await Promise.all([one.settled(), two.settled()]);
    edit(one, ana, 1, put('settings', 'a', 1));
    await one.settled();
    edit(one, ana, 2, put('settings', 'b', 2));
    await one.settled();
    const [, second] = await log.read(WALL.name, 0, 10);
    two.hear({ type: 'updates', from: 2, updates: [second!] });
    await two.settled();
    expect([two.known(), settings(ben.doc)]).toEqual([2, { a: 1, b: 2 }]);
    edit(one, ana, 3, put('settings', 'c', 3));
    await one.settled();
    edit(two, ben, 1, put('settings', 'd', 4));
    await two.settled();
    expect([two.known(), settings(ben.doc)]).toEqual([4, { a: 1, b: 2, c: 3, d: 4 }]);
    one.checkLog(4);
    await one.settled();
    expect(settings(ana.doc)).toEqual({ a: 1, b: 2, c: 3, d: 4 });
  });

  it('[S10] hears what another instance could not store yet, and both store it once', async () => {
    const { log, away } = createTestLog();
    const instance = createInMemoryFanOut();
    const [first, second] = [instance(), instance()];
    const [one, two] = [
      await openTestRoom(log, { fanOut: first }),
      await openTestRoom(log, { fanOut: second }),
    ];
    await second.subscribe(WALL.name, (news) =>
      news.type === 'updates' || news.type === 'unsaved' ? two.hear(news) : undefined,
    );
    const [ana, ben] = [createTestPeer('ana'), createTestPeer('ben')];
    enter(one, ana);
    enter(two, ben);
    await Promise.all([one.settled(), two.settled()]);
    away.is = true;
    edit(one, ana, 1, put('settings', 'a', 1));
    await vi.waitFor(() => expect(settings(ben.doc)).toEqual({ a: 1 }));
    expect(two.known()).toBe(0);
    const told = ben.writes.length;
    away.is = false;
    await one.settled();
    await two.settled();
    await vi.waitFor(() => expect([one.known(), two.known()]).toEqual([1, 1]));
    expect(await log.read(WALL.name, 0, 10)).toMatchObject([{ actor: ana.actor, carried: false }]);
    // A whole outage told again in one write would look like a reader that is too slow.
    expect(ben.writes.length).toBe(told);
  });

  it('[S32] stores what it was told unsaved before what is built on it, so that a restart finds all', async () => {
    const { log, away } = createTestLog();
    const [ana, ben] = [createTestPeer('ana'), createTestPeer('ben')];
    put('settings', 'name', 'From Ana')(ana.doc);
    const [unsaved = new Uint8Array()] = ana.takeEdits();
    const two = await openTestRoom(log);
    enter(two, ben);
    away.is = true;
    two.hear({ type: 'unsaved', updates: [{ bytes: unsaved, actor: ana.actor, carried: false }] });
    await vi.waitFor(() => expect(settings(ben.doc)).toEqual({ name: 'From Ana' }));
    edit(two, ben, 1, put('settings', 'name', 'From Ben'));
    away.is = false;
    // The instance that told it died: nobody else has it.
    await two.settled();
    expect(ben.answers).toEqual(['saved 1']);
    expect((await log.read(WALL.name, 0, 10)).map(({ actor }) => actor)).toEqual([ana.actor, ben.actor]);
    expect((await loadRoomDocument(WALL, log)).doc.getMap('settings').toJSON()).toEqual({ name: 'From Ben' });
    expect(await log.owners(WALL.name, [ana.doc.clientID])).toEqual(new Map([[ana.doc.clientID, ana.actor]]));
  });

  it('[S32] reads what is built on something that was stored after it', async () => {
    const { log } = createTestLog();
    const [ana, ben] = [createTestPeer('ana'), createTestPeer('ben')];
    put('settings', 'name', 'From Ana')(ana.doc);
    const [first = new Uint8Array()] = ana.takeEdits();
    Y.applyUpdate(ben.doc, first, 'server');
    put('settings', 'name', 'From Ben')(ben.doc);
    const [second = new Uint8Array()] = ben.takeEdits();
    const store = async (bytes: Uint8Array, { actor }: typeof ana) =>
      log.append(WALL.name, {
        ...{ id: `${actor}-first`, atMs: 1 },
        updates: [{ bytes, actor, claims: [], carried: false }],
      });
    const room = await openTestRoom(log);
    const cara = createTestPeer('cara');
    enter(room, cara);
    await store(second, ben);
    room.checkLog(1);
    await room.settled();
    expect((await loadRoomDocument(WALL, log)).isWhole()).toBe(false);
    await store(first, ana);
    room.checkLog(2);
    await room.settled();
    expect(settings(cara.doc)).toEqual({ name: 'From Ben' });
    expect((await loadRoomDocument(WALL, log)).doc.getMap('settings').toJSON()).toEqual({ name: 'From Ben' });
  });
});

describe('authority in a room', () => {
  it('[S12] refuses what its author may not write before it is applied, and what builds on it', async () => {
    const { log } = createTestLog();
    const room = await openTestRoom(log);
    const [monitor, ben] = [createTestPeer('monitor', { writable: ['safety'] }), createTestPeer('ben')];
    enter(room, monitor, ben);
    edit(room, monitor, 1, put('safety', 'censor:1', { by: 'monitor' }));
    edit(room, monitor, 2, put('audio', 'heard', 'tile'));
    edit(room, monitor, 3, put('safety', 'censor:2', { by: 'monitor' }));
    await room.settled();
    expect(monitor.answers).toEqual(['saved 1', 'refused forbidden-root 2', 'refused follows-refused 3']);
    expect(ben.doc.getMap('audio').toJSON()).toEqual({});
    expect(await log.last(WALL.name)).toBe(1);
  });

  it('[S13] refuses edits under somebody else’s Yjs client id, also after the room was closed', async () => {
    const { log } = createTestLog();
    const first = await openTestRoom(log);
    const ana = createTestPeer('ana');
    enter(first, ana);
    edit(first, ana, 1, put('settings', 'a', 1));
    await first.settled();
    for (const room of [first, await openTestRoom(log)]) {
      const mallory = createTestPeer('mallory');
      enter(room, mallory);
      await room.settled();
      mallory.doc.clientID = ana.doc.clientID;
      edit(room, mallory, 1, put('settings', 'a', 'forged'));
      await room.settled();
      expect(mallory.answers).toEqual(['refused forged-author 1']);
    }
    expect(await log.last(WALL.name)).toBe(1);
  });

  it('[S13] takes a document of several authors from nobody else, even where it is unknown', async () => {
    const { log } = createTestLog();
    const room = await openTestRoom(log);
    const bot = createTestPeer('bot');
    for (const name of ['ana', 'ben']) {
      const { doc } = createTestPeer(name);
      put('settings', name, 1)(doc);
      Y.applyUpdate(bot.doc, Y.encodeStateAsUpdate(doc), 'server');
    }
    enter(room, bot);
    sendEdit(room, bot, 1, Y.encodeStateAsUpdate(bot.doc));
    await room.settled();
    expect(bot.answers).toEqual(['refused forged-author 1']);
    expect(await log.last(WALL.name)).toBe(0);
  });

  it('[S13] takes others’ edits from who may bring them, as carried and claiming nothing', async () => {
    const { log } = createTestLog();
    const room = await openTestRoom(log);
    const [ana, ben] = [createTestPeer('ana'), createTestPeer('ben')];
    const operator = createTestPeer('operator', { mayCarry: true });
    put('settings', 'a', 1)(ana.doc);
    put('settings', 'b', 2)(ben.doc);
    for (const { doc } of [ana, ben]) Y.applyUpdate(operator.doc, Y.encodeStateAsUpdate(doc), 'server');
    enter(room, operator);
    sendEdit(room, operator, 1, Y.encodeStateAsUpdate(operator.doc));
    await room.settled();
    const [row] = await log.read(WALL.name, 0, 10);
    expect(row).toMatchObject({ actor: 'user:operator', carried: true });
    ana.takeEdits();
    enter(room, ana);
    edit(room, ana, 1, put('settings', 'c', 3));
    await room.settled();
    expect(ana.answers).toEqual(['saved 1']);
  });

  it('gives a room up when another instance stored the same client id first, and loses nothing of the other', async () => {
    const { log } = createTestLog();
    const [one, two] = [await openTestRoom(log), await openTestRoom(log)];
    const [ana, mallory] = [createTestPeer('ana'), createTestPeer('mallory')];
    enter(one, ana);
    enter(two, mallory);
    mallory.doc.clientID = ana.doc.clientID;
    edit(one, ana, 1, put('settings', 'a', 1));
    await one.settled();
    edit(two, mallory, 1, put('settings', 'b', 'forged'));
    await two.settled();
    expect([mallory.isLost, mallory.answers]).toEqual([true, []]);
    expect(await log.last(WALL.name)).toBe(1);
  });

  it('[S12] a document that is full takes no more', async () => {
    const { log } = createTestLog();
    const room = await openTestRoom(log);
    const ana = createTestPeer('ana');
    enter(room, ana);
    edit(room, ana, 1, put('settings', 'a', 'x'.repeat(600_000)));
    await room.settled();
    edit(room, ana, 2, put('settings', 'b', 'x'.repeat(600_000)));
    await room.settled();
    expect(ana.answers).toEqual(['saved 1', 'refused document-full 2']);
  });
});

describe('joining a room', () => {
  it('[S14] brings everything, deletions included, and asks for what the server lacks', async () => {
    const { log } = createTestLog();
    const room = await openTestRoom(log);
    const ana = createTestPeer('ana');
    enter(room, ana);
    edit(room, ana, 1, put('settings', 'a', 1));
    edit(room, ana, 2, put('settings', 'b', 2));
    await room.settled();
    const away = createTestPeer('away', { isNumbered: false });
    Y.applyUpdate(away.doc, Y.encodeStateAsUpdate(ana.doc), 'server');
    edit(room, ana, 3, (doc) => doc.getMap('settings').delete('a'));
    for (let i = 0; i < 30; i++) edit(room, ana, 4 + i, put('settings', `k${String(i)}`, i));
    await room.settled();
    const fresh = createTestPeer('fresh');
    enter(room, fresh, away);
    await room.settled();
    expect(settings(fresh.doc)).toEqual(settings(ana.doc));
    expect(settings(away.doc)).toEqual(settings(ana.doc));
    expect(kinds(away.writes[0]).at(-1)).toBe('0.0');
  });

  it('[S14] says that all is there only behind all of it', async () => {
    const { log } = createTestLog();
    const room = await openTestRoom(log);
    const [ana, first, later] = [createTestPeer('ana'), createTestPeer('first'), createTestPeer('later')];
    enter(room, ana, first);
    edit(room, ana, 1, put('settings', 'a', 1));
    edit(room, ana, 2, put('settings', 'b', 2));
    await room.settled();
    enter(room, later);
    await room.settled();
    expect(kinds(later.writes[0])).toEqual(['0.2', '0.2', '0.2', '0.1']);
    expect(settings(later.doc)).toEqual({ a: 1, b: 2 });
  });

  it('[S14] a room that is opened again holds what was stored, from a snapshot and what came after it', async () => {
    const { log } = createTestLog();
    const room = await openTestRoom(log);
    const ana = createTestPeer('ana');
    enter(room, ana);
    edit(room, ana, 1, put('settings', 'a', 1));
    await room.settled();
    room.snapshot(1);
    edit(room, ana, 2, put('settings', 'b', 2));
    await room.settled();
    expect((await log.readSnapshot(WALL.name))?.upTo).toBe(1);
    const ben = createTestPeer('ben');
    enter(await openTestRoom(log), ben);
    await vi.waitFor(() => expect(settings(ben.doc)).toEqual({ a: 1, b: 2 }));
  });

  it('[S17] a question that cannot be read is refused to whoever asked it, and the room goes on', async () => {
    const { log } = createTestLog();
    const room = await openTestRoom(log);
    const [ana, mallory] = [createTestPeer('ana'), createTestPeer('mallory')];
    enter(room, ana);
    room.join(mallory);
    room.question(mallory, Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 255));
    edit(room, ana, 1, put('settings', 'a', 1));
    await room.settled();
    expect([mallory.answers, ana.answers]).toEqual([['closed malformed'], ['saved 1']]);
  });
});
