import { describe, expect, it, vi } from 'vitest';
import { TileId } from '../model/ids.ts';
import { createInMemoryReplicaStore, createMemoryDisk } from './in-memory-replica-store.ts';
import { createInMemoryStreamArchive } from './in-memory-stream-archive.ts';
import {
  addStream,
  moveTile,
  must,
  openTestReplica,
  placeStream,
  removeTile,
  streamOf,
  TEST_NOW,
  titleStream,
  WALL,
} from './test-replica.ts';
import type { Replica } from './replica.ts';

const FULL = { reason: 'disk-full', words: 'The disk is full.' } as const;
const titleOf = (replica: Replica, name: string) => replica.catalogue().streams.get(streamOf(name))?.title;
const placeOf = (replica: Replica, tile: string) =>
  replica.wall(WALL)?.tiles.find(({ id }) => id === tile)?.place;

describe('a replica', () => {
  it('[R1] what was answered as done is there after starting again', async () => {
    const disk = createMemoryDisk();
    const first = await openTestReplica(disk);
    must(await first.send(addStream('one')));
    must(await first.send(titleStream('one', 'Bridge')));
    must(await first.send(placeStream('a', 'one', 1, 2)));
    const again = await openTestReplica(disk);
    expect(again.id).toBe(first.id);
    expect(titleOf(again, 'one')).toBe('Bridge');
    expect(placeOf(again, 'a')).toEqual({ x: 1, y: 2, w: 1, h: 1 });
    expect(again.wall(WALL)).toEqual(first.wall(WALL));
  });

  it('[R20] nobody hears of an edit before it is on disk', async () => {
    const disk = createMemoryDisk();
    const replica = await openTestReplica(disk);
    const seen: string[] = [];
    replica.onCatalogue(({ view }) => {
      const stored = disk.documents.get('catalogue')?.log.length ?? 0;
      seen.push(`${view.streams.size} shown, ${stored} stored`);
    });
    replica.onSaving(({ state }) => seen.push(state));
    const before = disk.documents.get('catalogue')?.log.length ?? 0;
    const sent = replica.send(addStream('one'));
    expect(replica.catalogue().streams.size).toBe(0);
    must(await sent);
    expect(seen).toEqual(['saving', 'saved', `1 shown, ${before + 1} stored`]);
  });

  it('[R20] while the disk is at it, everything is shown as it was', async () => {
    const disk = createMemoryDisk();
    const store = createInMemoryReplicaStore(disk);
    let letGo = () => {};
    const slow = { ...store };
    const replica = await openTestReplica(disk, { store: slow });
    must(await replica.send(addStream('one')));
    slow.append = async (edits) => {
      await new Promise<void>((resolve) => (letGo = resolve));
      return store.append(edits);
    };
    const heard: string[] = [];
    replica.onCatalogue(() => heard.push('shown'));
    const sent = replica.send(titleStream('one', 'Slow')).then(() => heard.push('answered'));
    await vi.waitFor(() => expect(replica.saving()).toEqual({ state: 'saving', unsaved: 1 }));
    expect(heard).toEqual([]);
    expect(titleOf(replica, 'one')).toBeUndefined();
    letGo();
    await sent;
    expect(heard).toEqual(['shown', 'answered']);
    expect(titleOf(replica, 'one')).toBe('Slow');
    expect(replica.saving()).toEqual({ state: 'saved' });
  });

  it('[R2] an edit that the disk does not take is refused, not shown, and nothing else is lost', async () => {
    const disk = createMemoryDisk();
    const replica = await openTestReplica(disk);
    must(await replica.send(addStream('one')));
    must(await replica.send(titleStream('one', 'Before')));
    const shown: (string | undefined)[] = [];
    replica.onCatalogue(() => shown.push(titleOf(replica, 'one')));
    disk.failure = FULL;
    for (const attempt of ['First', 'Second']) {
      const answer = await replica.send(titleStream('one', attempt));
      expect(answer).toMatchObject({ ok: false, error: { reason: 'not-stored', retryable: true } });
      expect(replica.saving()).toEqual({ state: 'failing', unsaved: 0, words: FULL.words });
      expect(titleOf(replica, 'one')).toBe('Before');
    }
    expect(await replica.undo()).toMatchObject({ ok: false, error: { reason: 'not-stored' } });
    disk.failure = undefined;
    expect(shown.filter((title) => title !== 'Before')).toEqual([]);
    must(await replica.send(titleStream('one', 'After')));
    expect(replica.saving()).toEqual({ state: 'saved' });
    expect(titleOf(await openTestReplica(disk), 'one')).toBe('After');
    must(await replica.undo());
    expect(titleOf(replica, 'one')).toBe('Before');
  });

  it('[R2] a disk that fails in the middle of a burst refuses all that it did not take', async () => {
    const disk = createMemoryDisk();
    const replica = await openTestReplica(disk);
    must(await replica.send(addStream('one')));
    const sent = ['a', 'b', 'c'].map((title) => replica.send(titleStream('one', title)));
    disk.failure = FULL;
    const answers = await Promise.all(sent);
    expect(answers.every((answer) => !answer.ok && answer.error.reason === 'not-stored')).toBe(true);
    disk.failure = undefined;
    must(await replica.send(titleStream('one', 'd')));
    expect(titleOf(await openTestReplica(disk), 'one')).toBe('d');
  });

  it('[R21] a burst of edits goes to the disk together, in its order', async () => {
    const disk = createMemoryDisk();
    const replica = await openTestReplica(disk);
    must(await replica.send(addStream('one')));
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, count) => replica.send(titleStream('one', `title ${count}`))),
    );
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(titleOf(replica, 'one')).toBe('title 99');
    expect(titleOf(await openTestReplica(disk), 'one')).toBe('title 99');
  });

  it('undo and redo take back and repeat only what was done here, a drag at a time', async () => {
    const disk = createMemoryDisk();
    const replica = await openTestReplica(disk);
    must(await replica.send(addStream('one')));
    must(await replica.send(placeStream('a', 'one', 0, 0)));
    for (const x of [1, 2]) must(await replica.send(moveTile('a', x, 0), 'drag'));
    must(await replica.undo());
    expect(placeOf(replica, 'a')).toMatchObject({ x: 0, y: 0 });
    must(await replica.redo());
    expect(placeOf(replica, 'a')).toMatchObject({ x: 2, y: 0 });
    expect(placeOf(await openTestReplica(disk), 'a')).toMatchObject({ x: 2, y: 0 });
    must(await replica.undo());
    must(await replica.undo());
    expect(placeOf(replica, 'a')).toBeUndefined();
    expect(await replica.redo()).toMatchObject({ ok: true });
  });

  it('a refusal writes nothing and says why', async () => {
    const disk = createMemoryDisk();
    const replica = await openTestReplica(disk);
    const before = disk.documents.get('wall:main')?.log.length ?? 0;
    expect(await replica.send(removeTile('none'))).toMatchObject({
      ok: false,
      error: { reason: 'not-found' },
    });
    replica.actAs(replica.id as never, 'viewer');
    expect(await replica.send(addStream('one'))).toMatchObject({ ok: false, error: { reason: 'forbidden' } });
    expect(await replica.undo()).toMatchObject({ ok: false, error: { reason: 'forbidden' } });
    expect(disk.documents.get('wall:main')?.log.length ?? 0).toBe(before);
  });

  it('a monitor may blur and may not move', async () => {
    const replica = await openTestReplica();
    must(await replica.send(addStream('one')));
    must(await replica.send(placeStream('a', 'one', 0, 0)));
    replica.actAs(replica.id as never, 'monitor');
    const blur = { type: 'blur', tile: TileId.parse('a'), on: true } as const;
    must(await replica.send({ document: 'wall', wall: WALL, command: blur }));
    expect(await replica.send(moveTile('a', 1, 1))).toMatchObject({
      ok: false,
      error: { reason: 'forbidden' },
    });
  });

  it('[R22] alone, it moves what is over to the archive, and a link that is added again comes back with its past', async () => {
    const disk = createMemoryDisk();
    const archive = createInMemoryStreamArchive();
    const first = await openTestReplica(disk, { archive });
    must(await first.send(addStream('old')));
    must(await first.send(titleStream('old', 'The night of the bridge')));
    must(await first.send(addStream('shown')));
    must(await first.send(placeStream('a', 'shown', 0, 0)));
    const later = { nowMs: () => TEST_NOW + 20 * 86_400_000 };
    const replica = await openTestReplica(disk, { archive, clock: later });
    expect(must(await replica.retire())).toBe(1);
    expect(titleOf(replica, 'old')).toBeUndefined();
    expect(replica.catalogue().streams.has(streamOf('shown'))).toBe(true);
    const page = must(await archive.search({ text: 'night bridge', offset: 0, limit: 10 }));
    expect(page.total).toBe(1);
    const again = await openTestReplica(disk, { archive, clock: later });
    expect(titleOf(again, 'old')).toBeUndefined();
    expect(must(await again.send(addStream('old'))).words).toContain('archive');
    expect(titleOf(again, 'old')).toBe('The night of the bridge');
    expect(titleOf(await openTestReplica(disk, { archive, clock: later }), 'old')).toBe(
      'The night of the bridge',
    );
  });

  it('[R22] a stream that came back without its past and is over again does not put its past out of the archive', async () => {
    const disk = createMemoryDisk();
    const archive = createInMemoryStreamArchive();
    const at = (days: number) => ({ nowMs: () => TEST_NOW + days * 86_400_000 });
    const first = await openTestReplica(disk, { archive });
    must(await first.send(addStream('old')));
    must(await first.send(titleStream('old', 'The night of the bridge')));
    const second = await openTestReplica(disk, { archive, clock: at(20) });
    expect(must(await second.retire())).toBe(1);
    must(await (await openTestReplica(disk, { clock: at(20) })).send(addStream('old')));
    const third = await openTestReplica(disk, { archive, clock: at(40) });
    expect(must(await third.retire())).toBe(1);
    expect(must(await archive.search({ text: 'night bridge', offset: 0, limit: 10 })).total).toBe(1);
  });

  it('[R22] in a team it retires nothing: there, the server does', async () => {
    const disk = createMemoryDisk();
    const replica = await openTestReplica(disk);
    must(await replica.send(addStream('old')));
    must(await replica.sync.joinTeam('store-1'));
    const later = await openTestReplica(disk, { clock: { nowMs: () => TEST_NOW + 40 * 86_400_000 } });
    expect(must(await later.retire())).toBe(0);
    expect(later.catalogue().streams.size).toBe(1);
  });

  it('compacts a document by itself when its log has grown', async () => {
    const disk = createMemoryDisk();
    const replica = await openTestReplica(disk);
    must(await replica.send(addStream('one')));
    for (let count = 0; count < 80; count += 1)
      must(await replica.send(titleStream('one', `${count}`.repeat(250))));
    expect(disk.documents.get('catalogue')?.snapshot).toBeNull();
    const note = (count: number) => 'n'.repeat(9_000) + count;
    for (let count = 0; count < 60; count += 1) {
      const command = { type: 'edit-stream', id: streamOf('one'), changes: { notes: note(count) } } as const;
      must(await replica.send({ document: 'catalogue', command }));
    }
    expect(disk.documents.get('catalogue')?.snapshot).not.toBeNull();
    expect(disk.documents.get('catalogue')?.log.length).toBeLessThan(60);
    expect((await openTestReplica(disk)).catalogue().streams.get(streamOf('one'))?.notes).toBe(note(59));
  });
});
