import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import {
  createCatalogueDesk,
  type CatalogueDesk,
  idOf,
  meetCatalogues,
  plainView,
} from './test-catalogue.ts';
import { createTestDesk, TEST_NOW } from './test-desk.ts';
import { catalogueTarget } from './apply-catalogue-command.ts';
import { rescue } from './rescue.ts';
import { planRetirement, retireGenerations, tidyCopies } from './retire.ts';
import { retireRules } from './retire-rules.ts';
import { createUndo } from './undo.ts';

const LINK = 'https://www.twitch.tv/unicornriot';
const DAY_MS = 86_400_000;

let time: { nowMs: number };
let a: CatalogueDesk;
let b: CatalogueDesk;
let bot: CatalogueDesk;

beforeEach(() => {
  time = { nowMs: TEST_NOW };
  a = createCatalogueDesk('a', { time });
  b = createCatalogueDesk('b', { time });
  bot = createCatalogueDesk('z', { time, actor: 'service:checker' });
});

const add = (fields = {}, link = LINK) => ({ type: 'add-stream', link, fields });
const edit = (changes: object, link = LINK) => ({ type: 'edit-stream', id: idOf(link), changes });
const status = (to: string, more = {}, link = LINK) => ({
  type: 'set-stream-status',
  id: idOf(link),
  status: to,
  ...more,
});

/** The server: it has everything that was saved, retires, and what it has is saved. */
const retire = (server: CatalogueDesk) => {
  const planned = planRetirement(server.doc, server.projection, retireRules(time.nowMs));
  retireGenerations(server.doc, server.projection, planned, server.context());
  return planned.archived;
};

describe('two desks apart', () => {
  it('[C2][C10] the same URL added on two offline desks with different notes is one stream that has both', () => {
    a.do(add({ notes: 'seen at the bridge', tags: ['march'], title: 'A' }, 'https://twitch.tv/UnicornRiot'));
    time.nowMs += 1000;
    b.do(
      add({ notes: 'has good audio', tags: ['night'], city: 'Oslo' }, 'https://m.twitch.tv/unicornriot?x=1'),
    );
    b.do(edit({ title: 'B, edited' }));
    meetCatalogues(a, b);
    expect(plainView(a.view())).toEqual(plainView(b.view()));
    expect(a.view().streams.size).toBe(1);
    expect(a.stream(LINK)).toMatchObject({
      notes: 'seen at the bridge\nhas good audio',
      tags: ['march', 'night'],
      title: 'B, edited',
      city: 'Oslo',
      addedAt: TEST_NOW,
    });
  });

  it('[C3] a bot flips the status while an operator edits the title: both stand', () => {
    a.do(add({ title: 'old' }));
    meetCatalogues(a, b, bot);
    a.do(edit({ title: 'new' }));
    bot.do(status('live'));
    meetCatalogues(a, b, bot);
    for (const desk of [a, b, bot])
      expect(desk.stream(LINK)).toMatchObject({
        title: 'new',
        status: 'live',
        statusBy: 'service:checker',
        statusAt: TEST_NOW,
      });
  });

  it('[C16] a stream is retired while an offline operator edits it: it comes back with the edit and its past', () => {
    a.do(add({ title: 'old', notes: 'kept' }));
    bot.do(add({}, 'https://kick.com/other'));
    meetCatalogues(a, b, bot);
    a.unsaved.length = bot.unsaved.length = 0;
    const before = a.stream(LINK)!;
    time.nowMs += 20 * DAY_MS;
    expect(retire(b).map(({ id }) => id)).toContain(idOf(LINK));
    expect(b.stream(LINK)).toBeUndefined();
    a.do(edit({ title: 'edited while away' }));
    meetCatalogues(a, b, bot);
    for (const desk of [a, b, bot])
      expect(desk.stream(LINK)).toEqual({ ...before, title: 'edited while away' });
    expect(b.stream('https://kick.com/other')).toBeUndefined();
  });

  it('[C16] a person removes it instead: it stays removed', () => {
    a.do(add({ title: 'old' }));
    meetCatalogues(a, b);
    a.unsaved.length = 0;
    b.do({ type: 'remove-stream', id: idOf(LINK) });
    a.do(edit({ title: 'edited while away' }));
    meetCatalogues(a, b);
    expect(a.stream(LINK)).toBeUndefined();
    expect(b.stream(LINK)).toBeUndefined();
    expect(a.unsaved.flatMap(({ changes }) => changes)).toMatchObject([
      { after: { value: 'edited while away' } },
    ]);
  });

  it('[C15][C16] a stream that is still current is carried along whole, and unsaved edits find it', () => {
    a.do(add({ title: 'old', pinned: true, notes: 'n' }));
    meetCatalogues(a, b);
    a.unsaved.length = 0;
    time.nowMs += 20 * DAY_MS;
    a.do(edit({ title: 'by a', notes: 'n, longer' }));
    b.do(edit({ city: 'Oslo' }));
    expect(retire(b)).toEqual([]);
    meetCatalogues(a, b);
    expect(a.stream(LINK)).toMatchObject({
      title: 'by a',
      city: 'Oslo',
      notes: 'n, longer',
      addedAt: TEST_NOW,
    });
    expect(plainView(a.view())).toEqual(plainView(b.view()));
    expect(a.doc.getMap('streams').size).toBe(1);
  });

  it('[C16] what a desk added into a generation that is retired meanwhile comes back', () => {
    a.do(add({ pinned: false }, 'https://kick.com/other'));
    meetCatalogues(a, b);
    a.unsaved.length = 0;
    a.do(add({ title: 'added offline' }));
    time.nowMs += 20 * DAY_MS;
    retire(b);
    meetCatalogues(a, b);
    expect(b.stream(LINK)).toMatchObject({ title: 'added offline' });
  });

  it('[C16] a removal made into a generation that is retired meanwhile holds', () => {
    a.do(add({ pinned: true }));
    meetCatalogues(a, b);
    a.unsaved.length = 0;
    a.do({ type: 'remove-stream', id: idOf(LINK) });
    time.nowMs += 20 * DAY_MS;
    retire(b);
    meetCatalogues(a, b);
    expect(a.stream(LINK)).toBeUndefined();
    expect(b.stream(LINK)).toBeUndefined();
  });

  it('[C16] a removal that the server did not know of when it archived the stream still covers what a desk brings back', () => {
    const server = createCatalogueDesk('s', { time });
    a.do(add({ title: 'old' }));
    meetCatalogues(a, b, server);
    a.unsaved.length = 0;
    a.do({ type: 'remove-stream', id: idOf(LINK) });
    b.do(edit({ title: 'edited while away' }));
    time.nowMs += 20 * DAY_MS;
    retire(server);
    meetCatalogues(a, server);
    a.unsaved.length = 0;
    meetCatalogues(b, server, a);
    for (const desk of [a, b, server]) expect(desk.stream(LINK)).toBeUndefined();
  });

  it('[C16] a stream that a desk removed and brought back while its generation was retired is there', () => {
    const server = createCatalogueDesk('s', { time });
    const undo = createUndo();
    a.do(add({ title: 'old', pinned: true }));
    meetCatalogues(a, b, server);
    a.unsaved.length = 0;
    undo.record(a.do({ type: 'remove-stream', id: idOf(LINK) }));
    const undone = undo.undo(() => catalogueTarget(a.doc, a.projection), a.context());
    if (undone.ok) a.unsaved.push(undone.value.applied);
    time.nowMs += 20 * DAY_MS;
    retire(server);
    meetCatalogues(a, b, server);
    for (const desk of [a, b, server])
      expect(desk.stream(LINK)).toMatchObject({ title: 'old', pinned: true });
  });

  it('[C16] what was brought back and got lost once more comes back into what another desk brought back', () => {
    const server = createCatalogueDesk('s', { time });
    const hear = (desk: CatalogueDesk) => {
      Y.applyUpdate(desk.doc, Y.encodeStateAsUpdate(server.doc));
      const rescued = rescue(catalogueTarget(desk.doc, desk.projection), desk.unsaved, desk.context());
      if (rescued !== null) desk.unsaved.push(rescued);
    };
    b.do(add({ title: 'old' }));
    meetCatalogues(a, b, server);
    b.unsaved.length = 0;
    time.nowMs += 20 * DAY_MS;
    a.do(add({}, 'https://kick.com/other'));
    Y.applyUpdate(server.doc, Y.encodeStateAsUpdate(a.doc));
    a.unsaved.length = 0;
    a.do(edit({ source: 'said by a' }));
    b.do(edit({ region: 'said by b' }));
    retire(server);
    hear(a);
    expect(a.stream(LINK)).toMatchObject({ source: 'said by a' });
    time.nowMs += 10 * DAY_MS;
    hear(b);
    Y.applyUpdate(server.doc, Y.encodeStateAsUpdate(b.doc));
    retire(server);
    meetCatalogues(a, b, server);
    for (const desk of [a, b, server])
      expect(desk.stream(LINK)).toMatchObject({ title: 'old', source: 'said by a', region: 'said by b' });
  });

  it('[C3][C16] a field that was cleared stays clear where copies of the record meet again', () => {
    const server = createCatalogueDesk('s', { time });
    a.do(add({ title: 'old', city: 'Oslo', pinned: true }));
    meetCatalogues(a, b, server);
    a.unsaved.length = 0;
    a.do(edit({ city: null }));
    time.nowMs += 20 * DAY_MS;
    retire(server);
    meetCatalogues(a, b, server);
    for (const desk of [a, b, server]) expect(desk.stream(LINK)).not.toHaveProperty('city');
  });

  it('[C2] copies that are tidied into one lose nothing that was written to either meanwhile', () => {
    const server = createCatalogueDesk('s', { time });
    a.do(add({ notes: 'from a' }));
    b.do(add({ notes: 'from b' }));
    meetCatalogues(a, b, server);
    a.unsaved.length = b.unsaved.length = 0;
    const notes = a.stream(LINK)!.notes!;
    expect(tidyCopies(server.doc, server.projection, server.context())).toBe(1);
    a.do(edit({ notes: `${notes}, more` }));
    b.do(edit({ title: 'by b' }));
    meetCatalogues(a, b, server);
    expect(a.stream(LINK)).toMatchObject({ title: 'by b', notes: expect.stringContaining('more') });
    expect(server.projection.stored('streams', idOf(LINK))!.births).toHaveLength(2);
    expect(plainView(a.view())).toEqual(plainView(server.view()));
  });

  it('[C4] who removes a copy does not take along what was tidied into it and they had not seen', () => {
    const server = createCatalogueDesk('s', { time });
    server.do(add({ title: 'seen by all' }));
    meetCatalogues(a, server);
    b.do(add({ notes: 'from b' }));
    Y.applyUpdate(server.doc, Y.encodeStateAsUpdate(b.doc));
    for (const desk of [a, b, server]) desk.unsaved.length = 0;
    expect(tidyCopies(server.doc, server.projection, server.context())).toBe(1);
    a.do({ type: 'remove-stream', id: idOf(LINK) });
    meetCatalogues(a, b, server);
    for (const desk of [a, b, server]) expect(desk.stream(LINK)?.notes).toBe('from b');
  });

  it.each([
    ['a', 'b'],
    ['b', 'a'],
  ])(
    '[C3][C17] a past that comes back does not stand where its writer said something newer at the same time (%s, %s)',
    (...names) => {
      const [writer, finder] = names.map((name) => createCatalogueDesk(name, { time })) as [
        CatalogueDesk,
        CatalogueDesk,
      ];
      const server = createCatalogueDesk('s', { time });
      writer.do(add());
      writer.do(edit({ source: 'old' }));
      meetCatalogues(writer, server);
      writer.unsaved.length = 0;
      writer.do(edit({ source: 'new' }));
      time.nowMs += 9 * DAY_MS;
      const [archived] = retire(server);
      finder.do(add());
      meetCatalogues({ ...finder, unsaved: [] }, server);
      meetCatalogues(writer, { ...server, unsaved: [] });
      expect(writer.stream(LINK)?.source).toBe('new');
      finder.do({ type: 'restore-stream', id: idOf(LINK), record: archived!.record });
      writer.unsaved.length = 0;
      meetCatalogues(writer, finder, server);
      expect([writer, finder, server].map((desk) => desk.stream(LINK)?.source)).toEqual([
        'new',
        'new',
        'new',
      ]);
    },
  );

  it('[C16] a record of which one birth was removed lives on, and comes back when its generation goes', () => {
    const desk = createTestDesk('a', time);
    const [first, second] = [desk.context().stamps.next(), desk.context().stamps.next()];
    const fields = { title: { value: 'lives on', stamp: first } };
    const on = { root: 'streams', id: 'one' } as const;
    const edits = [
      desk.write({
        type: 'restore-record',
        ...on,
        record: { births: [first, second], fields },
        reborn: false,
      }),
      desk.write({ type: 'remove-record', ...on, births: [second] }),
    ];
    expect(desk.values('streams', 'one')).toEqual({ title: 'lives on' });
    const streams = desk.doc.getMap('streams');
    for (const generation of [...streams.keys()]) streams.delete(generation);
    rescue({ doc: desk.doc, document: 'catalogue' }, edits, desk.context());
    expect(desk.values('streams', 'one')).toEqual({ title: 'lives on' });
  });

  it.each(['a', 'z'])(
    '[C3][C16] an edit that an older value has overtaken in a copy that was tidied is said again (%s)',
    (name) => {
      const server = createCatalogueDesk('s', { time });
      const desk = createCatalogueDesk(name, { time });
      desk.do(add());
      desk.do(edit({ source: 'old' }));
      server.do(add());
      meetCatalogues(desk, server);
      desk.unsaved.length = server.unsaved.length = 0;
      expect(tidyCopies(server.doc, server.projection, server.context())).toBe(1);
      desk.do(edit({ source: 'new' }));
      meetCatalogues(desk, server);
      expect([desk, server].map(({ stream }) => stream(LINK)?.source)).toEqual(['new', 'new']);
    },
  );

  it('[C9] undo after a remote edit leaves the remote edit', () => {
    const undo = createUndo();
    a.do(add({ title: 'old' }));
    undo.record(a.do(edit({ title: 'mine', city: 'Oslo' })));
    meetCatalogues(a, b);
    b.do(edit({ title: 'theirs' }));
    meetCatalogues(a, b);
    const result = undo.undo(() => catalogueTarget(a.doc, a.projection), a.context());
    expect(result).toMatchObject({
      ok: true,
      value: { words: expect.stringContaining('changed again since') },
    });
    expect(a.stream(LINK)).toMatchObject({ title: 'theirs' });
    expect(a.stream(LINK)).not.toHaveProperty('city');
  });

  it.each(['a', 'b'])(
    '[C9][C19] undoing a return from the archive leaves what others had written, also on desks that never lost it (%s added it)',
    (adder) => {
      (adder === 'a' ? a : b).do(add());
      meetCatalogues(a, b);
      a.do(edit({ source: 'a reporter' }));
      const record = a.projection.whole('streams', idOf(LINK));
      const undo = createUndo();
      undo.record(b.do({ type: 'restore-stream', id: idOf(LINK), record }));
      const undone = undo.undo(() => catalogueTarget(b.doc, b.projection), b.context());
      meetCatalogues(a, b);
      expect([a, b].map((desk) => desk.stream(LINK)?.source)).toEqual(['a reporter', 'a reporter']);
      expect(undone).toMatchObject({
        ok: false,
        error: {
          message: 'What came back of that stream was written by others; nothing left to undo there.',
        },
      });
    },
  );

  it('[C9] undoing an addition leaves what another desk added under the same link', () => {
    const undo = createUndo();
    undo.record(a.do(add({ title: 'mine' })));
    b.do(add({ notes: 'theirs' }));
    meetCatalogues(a, b);
    expect(undo.undo(() => catalogueTarget(a.doc, a.projection), a.context()).ok).toBe(true);
    meetCatalogues(a, b);
    expect(b.stream(LINK)).toMatchObject({ notes: 'theirs' });
    expect(b.stream(LINK)).not.toHaveProperty('title');
  });

  it('[C11] of two streams that chose one code at once the first added keeps it, and the other keeps its digit for ever', () => {
    a.do(add({ code: 'abc' }));
    time.nowMs += 1;
    b.do(add({ code: 'abc' }, 'https://kick.com/other'));
    meetCatalogues(a, b);
    expect(a.stream(LINK)!.code).toBe('abc');
    expect(b.stream('https://kick.com/other')!.code).toBe('abc1');
    a.do({ type: 'remove-stream', id: idOf(LINK) });
    meetCatalogues(a, b);
    expect(b.stream('https://kick.com/other')!.code).toBe('abc1');
    expect(b.view().byCode('abc1' as never)).toBe(idOf('https://kick.com/other'));
    expect(b.view().byCode('abc' as never)).toBeUndefined();
  });

  it('[C12] two streams said to be one twice at once, and in a circle, come to the same everywhere', () => {
    const c = createCatalogueDesk('c', { time });
    const links = [LINK, 'https://kick.com/second', 'https://kick.com/third'];
    links.forEach((link, i) => {
      time.nowMs += 1;
      a.do(add({ notes: `note ${i}`, title: `title ${i}` }, link));
    });
    meetCatalogues(a, b, c);
    const [first, second, third] = links.map(idOf);
    a.do({ type: 'continue-stream', id: second, continues: first });
    b.do({ type: 'continue-stream', id: third, continues: second });
    c.do({ type: 'continue-stream', id: first, continues: third });
    meetCatalogues(a, b, c);
    for (const desk of [a, b, c]) {
      expect([...desk.view().streams.values()]).toMatchObject([
        {
          id: first,
          link: links[2],
          notes: 'note 0\nnote 1\nnote 2',
          title: 'title 2',
          addedAt: TEST_NOW + 1,
        },
      ]);
      expect(desk.view().resolve(third!)).toBe(first);
    }
    b.do({ type: 'edit-stream', id: third, changes: { notes: 'all in one', pinned: true } });
    bot.do(add({}, 'https://kick.com/fourth'));
    meetCatalogues(a, b, c, bot);
    expect(a.view().streams.get(first!)).toMatchObject({ notes: 'all in one', pinned: true });
    expect(plainView(a.view())).toEqual(plainView(bot.view()));
  });

  it('[C13] what a person set until some time holds against a checker, also one that had not seen it', () => {
    a.do(add());
    meetCatalogues(a, bot);
    bot.do(status('live'));
    a.do(status('offline', { manualUntil: TEST_NOW + 60_000, reason: 'muted by the police' }));
    meetCatalogues(a, bot);
    expect(bot.stream(LINK)).toMatchObject({
      status: 'offline',
      statusBy: 'user:a',
      manualUntil: TEST_NOW + 60_000,
    });
    expect(bot.try(status('live'))).toMatchObject({
      ok: false,
      error: { reason: 'forbidden', retryable: true },
    });
    time.nowMs += 60_000;
    bot.do(status('live'));
    meetCatalogues(a, bot);
    expect(a.stream(LINK)).toMatchObject({ status: 'live', statusBy: 'service:checker' });
    expect(a.stream(LINK)).not.toHaveProperty('manualUntil');
    expect(a.stream(LINK)).not.toHaveProperty('statusReason');
  });

  it('accounts of a streamer and streams of an event added on two desks at once are all there', () => {
    const account = (username: string) => ({ platform: 'twitch', username, active: true });
    const put = (accounts: object[]) => ({
      type: 'put-streamer',
      id: 'ann',
      fields: { name: 'Ann', accounts },
    });
    a.do(put([]));
    a.do({ type: 'put-event', id: 'e1', title: 'A fire', at: TEST_NOW });
    meetCatalogues(a, b);
    a.do(put([account('one')]));
    b.do(put([account('two')]));
    a.do({ type: 'link-event', id: 'e1', stream: idOf(LINK), offsetSeconds: 12 });
    b.do({ type: 'link-event', id: 'e1', stream: idOf('https://kick.com/other') });
    meetCatalogues(a, b);
    expect(
      a
        .view()
        .streamers.get('ann' as never)!
        .accounts.map(({ username }) => username),
    ).toEqual(['one', 'two']);
    expect(Object.keys(b.view().events.get('e1' as never)!.streams)).toHaveLength(2);
  });

  it('gets the same view whether updates come in order, twice or backwards', () => {
    const updates: Uint8Array[] = [];
    a.doc.on('update', (update: Uint8Array) => updates.push(update));
    a.do(add({ title: 'x' }));
    a.do(status('live'));
    a.do(edit({ notes: 'n', tags: ['t'] }));
    a.do(add({}, 'https://kick.com/other'));
    a.do({ type: 'remove-stream', id: idOf('https://kick.com/other') });
    for (const update of [...updates.toReversed(), ...updates]) Y.applyUpdate(b.doc, update);
    expect(plainView(b.view())).toEqual(plainView(a.view()));
  });
});
