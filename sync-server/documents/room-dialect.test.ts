import { describe, expect, it, vi } from 'vitest';
import * as Y from 'yjs';
import {
  createTestLog,
  createTestPeer,
  edit,
  enter,
  openTestRoom,
  sendEdit,
  WALL,
  type TestPeer,
} from './test-room.ts';

const put =
  (root: string, key: string, value: unknown) =>
  (doc: Y.Doc): void =>
    void doc.getMap(root).set(key, value);
const monitor = () => createTestPeer('monitor', { writable: ['safety'] });

/** The bytes of an edit that a client makes and does not send yet. */
function make(peer: TestPeer, change: (doc: Y.Doc) => void): Uint8Array {
  change(peer.doc);
  const [bytes] = peer.takeEdits();
  if (bytes === undefined) throw new Error('nothing was changed');
  return bytes;
}

describe('numbered edits', () => {
  it('[SD2] are answered each in its turn, and not before what is before them is stored', async () => {
    const { log, hold } = createTestLog();
    const room = await openTestRoom(log);
    const [ana, ben] = [monitor(), createTestPeer('ben')];
    enter(room, ana, ben);
    await room.settled();
    const release = hold();
    edit(room, ana, 1, put('safety', 'censor:1', { by: 'ana' }));
    edit(room, ana, 2, put('audio', 'heard', 'tile'));
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(ana.answers).toEqual([]);
    release();
    await room.settled();
    expect(ana.answers).toEqual(['saved 1', 'refused forbidden-root 2']);
  });

  it('[SD2] that bring nothing new are saved, in their turn', async () => {
    const { log } = createTestLog();
    const room = await openTestRoom(log);
    const ana = createTestPeer('ana');
    enter(room, ana);
    const bytes = make(ana, put('settings', 'a', 1));
    sendEdit(room, ana, 1, bytes);
    sendEdit(room, ana, 2, bytes);
    edit(room, ana, 3, put('settings', 'a', 2));
    await room.settled();
    expect(ana.answers).toEqual(['saved 1', 'saved 2', 'saved 3']);
    expect(await log.last(WALL.name)).toBe(2);
  });

  it('[SD3] that build on what is not there are held, and so is all behind them, until they come again', async () => {
    const { log } = createTestLog();
    const room = await openTestRoom(log);
    const [ana, operator] = [createTestPeer('ana'), createTestPeer('operator', { mayCarry: true })];
    const lost = createTestPeer('lost');
    Y.applyUpdate(ana.doc, make(lost, put('settings', 'a', 0)), 'server');
    enter(room, ana, operator);
    const first = make(ana, put('settings', 'a', 1));
    const independent = createTestPeer('ana-before');
    const second = make(independent, put('settings', 'b', 2));
    sendEdit(room, ana, 1, first);
    sendEdit(room, ana, 2, second);
    await room.settled();
    sendEdit(room, ana, 3, second);
    await room.settled();
    expect(ana.answers).toEqual(['held missing-dependency 1']);
    expect(await log.last(WALL.name)).toBe(0);
    sendEdit(room, ana, 1, first);
    await room.settled();
    expect(ana.answers.splice(1)).toEqual(['held missing-dependency 1']);
    room.edit(operator, { bytes: Y.encodeStateAsUpdate(lost.doc), n: 1, carried: true });
    sendEdit(room, ana, 1, first);
    sendEdit(room, ana, 2, second);
    await room.settled();
    expect(ana.answers.slice(1)).toEqual(['saved 1', 'saved 2']);
    expect(operator.answers).toEqual(['saved 1']);
    expect((await log.read(WALL.name, 0, 9)).map(({ carried }) => carried)).toEqual([true, false, false]);
  });

  it('[SD3] that build on what another instance stored are taken, though nobody told of it here', async () => {
    const { log, away } = createTestLog();
    const [here, there] = [await openTestRoom(log), await openTestRoom(log)];
    const ana = createTestPeer('ana');
    enter(there, ana);
    sendEdit(there, ana, 1, make(ana, put('settings', 'a', 1)));
    await there.settled();
    const moved = createTestPeer('ana');
    Y.applyUpdate(moved.doc, Y.encodeStateAsUpdate(ana.doc), 'server');
    enter(here, moved);
    await here.settled();
    const remove = (doc: Y.Doc): void => doc.getMap('settings').delete('a');
    const edits = [put('settings', 'a', 2), remove].map((change) => make(moved, change));
    away.is = true;
    sendEdit(here, moved, 1, edits[0]!);
    await here.settled();
    expect(moved.answers).toEqual(['held hold-on 1']);
    away.is = false;
    edits.forEach((edit, i) => sendEdit(here, moved, i + 1, edit));
    await here.settled();
    expect(moved.answers.slice(1)).toEqual(['saved 1', 'saved 2']);
    expect(await log.last(WALL.name)).toBe(3);
  });

  it('[SD3] that delete what nobody has stored are refused, once the log was looked into', async () => {
    const room = await openTestRoom(createTestLog().log);
    const [ana, lost] = [createTestPeer('ana'), createTestPeer('lost')];
    Y.applyUpdate(ana.doc, make(lost, put('settings', 'a', 0)), 'server');
    enter(room, ana);
    sendEdit(
      room,
      ana,
      1,
      make(ana, (doc) => doc.getMap('settings').delete('a')),
    );
    await room.settled();
    expect(ana.answers).toEqual(['refused future-deletion 1']);
  });

  it('[SD3] that build on what nobody has make the log be looked into a few times a second, and others as before', async () => {
    const { log } = createTestLog();
    let [looks, nowMs] = [0, 1_000_000];
    const last: typeof log.last = async (name) => {
      looks += 1;
      return log.last(name);
    };
    const room = await openTestRoom({ ...log, last }, { clock: { nowMs: () => nowMs } });
    const [mallory, ana, lost] = [createTestPeer('mallory'), createTestPeer('ana'), createTestPeer('lost')];
    const before = make(lost, put('settings', 'a', 0));
    enter(room, mallory, ana);
    const [forged, honest] = [mallory, ana].map((peer) => {
      Y.applyUpdate(peer.doc, before, 'server');
      return make(peer, put('settings', 'a', peer.actor));
    }) as [Uint8Array, Uint8Array];
    const sendForged = async (times: number) => {
      for (let i = 0; i < times; i++) {
        sendEdit(room, mallory, 1, forged);
        await room.settled();
      }
      return mallory.answers.splice(0);
    };
    const [found, wait] = ['held missing-dependency 1', 'held hold-on 1'];
    expect(await sendForged(20)).toEqual([...Array<string>(5).fill(found), ...Array<string>(15).fill(wait)]);
    const again = createTestPeer('mallory');
    enter(room, again);
    sendEdit(room, again, 1, forged);
    await room.settled();
    expect(again.answers).toEqual([wait]);
    expect(looks).toBe(5);
    await log.append(WALL.name, {
      ...{ id: 'other instance', atMs: 1 },
      updates: [{ bytes: before, actor: lost.actor, claims: [lost.doc.clientID], carried: false }],
    });
    sendEdit(room, ana, 1, honest);
    sendEdit(room, mallory, 1, forged);
    await room.settled();
    expect([looks, ana.answers, mallory.answers.splice(0)]).toEqual([6, ['saved 1'], [wait]]);
    nowMs += 250;
    expect(await sendForged(1)).toEqual(['saved 1']);
  });

  it('[SD3] of which no more can wait are held in order, whatever waits before them', async () => {
    const { log, hold } = createTestLog();
    const room = await openTestRoom(log, { maxWaitingBytes: 3_000 });
    const ana = createTestPeer('ana');
    enter(room, ana);
    await room.settled();
    const release = hold();
    const edits = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) =>
      make(ana, put('settings', key, 'x'.repeat(1_000))),
    );
    sendEdit(room, ana, 1, edits[0]!);
    await new Promise(setImmediate);
    edits.slice(1).forEach((bytes, i) => sendEdit(room, ana, i + 2, bytes));
    release();
    await room.settled();
    expect(ana.answers).toEqual(['saved 1', 'held hold-on 4', 'saved 2', 'saved 3']);
    edits.slice(3).forEach((bytes, i) => sendEdit(room, ana, i + 4, bytes));
    await vi.waitFor(() => expect(ana.answers.length).toBeGreaterThan(4));
    await room.settled();
    const saved = ana.answers.filter((answer) => answer.startsWith('saved'));
    expect(saved.slice(0, 4)).toEqual(['saved 1', 'saved 2', 'saved 3', 'saved 4']);
  });

  it('[SD4] cost the connection when they come out of order', async () => {
    const { log } = createTestLog();
    const room = await openTestRoom(log);
    for (const n of [0, 2, 7]) {
      const ana = createTestPeer('ana');
      enter(room, ana);
      edit(room, ana, n, put('settings', 'a', n));
      expect(ana.answers).toEqual(['closed malformed']);
    }
    await room.settled();
    expect(await log.last(WALL.name)).toBe(0);
  });

  it('[SD5] that another instance passed on unsaved are stored before they are called saved', async () => {
    const { log, away } = createTestLog();
    const room = await openTestRoom(log);
    const ana = createTestPeer('ana');
    enter(room, ana);
    const bytes = make(ana, put('settings', 'a', 1));
    away.is = true;
    room.hear({ type: 'unsaved', updates: [{ bytes, actor: ana.actor, carried: false }] });
    sendEdit(room, ana, 1, bytes);
    await new Promise(setImmediate);
    expect(ana.answers).toEqual([]);
    away.is = false;
    await room.settled();
    expect(ana.answers).toEqual(['saved 1']);
    expect(await log.last(WALL.name)).toBe(1);
  });

  it('[SD6] one that is refused leaves the connection and other client ids at work', async () => {
    const { log } = createTestLog();
    const room = await openTestRoom(log);
    const ana = monitor();
    enter(room, ana);
    edit(room, ana, 1, put('audio', 'heard', 'tile'));
    edit(room, ana, 2, put('safety', 'censor:1', { by: 'ana' }));
    const again = createTestPeer('monitor', { writable: ['safety'] });
    sendEdit(room, ana, 3, make(again, put('safety', 'censor:2', { by: 'ana' })));
    await room.settled();
    expect(ana.answers).toEqual(['refused forbidden-root 1', 'refused follows-refused 2', 'saved 3']);
  });

  it('[S13] that are said to be carried are taken from nobody who may not', async () => {
    const { log } = createTestLog();
    const room = await openTestRoom(log);
    const ana = createTestPeer('ana');
    enter(room, ana);
    room.edit(ana, { bytes: make(ana, put('settings', 'a', 1)), n: 1, carried: true });
    await room.settled();
    expect(ana.answers).toEqual(['refused forged-author 1']);
  });
});
