import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { openCatalogue } from '../document/project-catalogue.ts';
import { planRetirement, retireGenerations } from '../document/retire.ts';
import { retireRules } from '../document/retire-rules.ts';
import { createStampClock } from '../kernel/stamp.ts';
import { ReplicaId } from '../model/ids.ts';
import { createInMemoryReplicaStore, createMemoryDisk, type MemoryDisk } from './in-memory-replica-store.ts';
import type { Replica, ReplicaOptions } from './replica.ts';
import type { DocumentName, UnsavedEdit } from './replica-store.ts';
import {
  addStream,
  linkOf,
  moveTile,
  must,
  openTestReplica,
  placeStream,
  streamOf,
  TEST_ACTOR,
  TEST_NOW,
  titleStream,
  WALL,
} from './test-replica.ts';

const CATALOGUE = 'catalogue';
const MAIN: DocumentName = 'wall:main';
const FULL = { reason: 'disk-full', words: 'The disk is full.' } as const;

/** A server as a replica sees it: one document, and a say in what is saved. */
function createServer() {
  const doc = new Y.Doc();
  return {
    doc,
    /** Takes the edits that it is sent, and answers as the wire would. Of one client nothing counts after a refusal. */
    async take(
      replica: Replica,
      edits: readonly UnsavedEdit[],
      isRefused: (edit: UnsavedEdit) => boolean = () => false,
    ) {
      let failed = false;
      for (const edit of edits) {
        failed ||= isRefused(edit);
        if (!failed) Y.applyUpdate(doc, edit.bytes);
        const reason = isRefused(edit) ? 'forbidden' : 'follows a refused edit';
        if (failed) must(await replica.sync.markRefused(CATALOGUE, [{ n: edit.n, reason }]));
        else must(await replica.sync.markSaved(CATALOGUE, edit.n));
      }
    },
    give: (replica: Replica) => replica.sync.receive(CATALOGUE, [Y.encodeStateAsUpdate(doc)]),
  };
}

async function openInTeam(disk: MemoryDisk = createMemoryDisk(), options: Partial<ReplicaOptions> = {}) {
  const replica = await openTestReplica(disk, options);
  must(await replica.sync.joinTeam('store-1'));
  return replica;
}

const unsavedOf = async (replica: Replica, document: DocumentName = CATALOGUE) =>
  must(await replica.sync.unsaved(document));
const titleOf = (replica: Replica, name: string) => replica.catalogue().streams.get(streamOf(name))?.title;
const isAdding = (name: string) => (edit: UnsavedEdit) =>
  JSON.stringify(edit.command).includes(`"add-stream","link":"${linkOf(name)}`);

describe('a replica in a team', () => {
  it('[R3] keeps every unsaved edit with the command behind it, over a restart', async () => {
    const disk = createMemoryDisk();
    const first = await openInTeam(disk);
    must(await first.send(addStream('one')));
    must(await first.send(titleStream('one', 'Bridge')));
    const replica = await openTestReplica(disk);
    expect(replica.sync.team()).toBe('store-1');
    const unsaved = await unsavedOf(replica);
    expect(unsaved.map(({ n, command }) => ({ n, command }))).toEqual([
      { n: 1, command: { type: 'command', command: addStream('one') } },
      { n: 2, command: { type: 'command', command: titleStream('one', 'Bridge') } },
    ]);
    const server = createServer();
    await server.take(replica, unsaved);
    expect(await unsavedOf(replica)).toEqual([]);
    expect(titleOf(await openTestReplica(disk), 'one')).toBe('Bridge');
  });

  it('says which edits are to be sent as they are made', async () => {
    const replica = await openInTeam();
    const told: unknown[] = [];
    replica.sync.onUnsaved(({ document, added, replaced }) =>
      told.push([document, added.map(({ n }) => n), replaced]),
    );
    must(await replica.send(addStream('one')));
    must(await replica.send(placeStream('a', 'one', 0, 0)));
    expect(told).toEqual([
      [CATALOGUE, [1], false],
      [MAIN, [1], false],
    ]);
  });

  it('[R23] what others wrote is on disk before it is shown, and neither when the disk does not take it', async () => {
    const server = createServer();
    const other = await openInTeam();
    must(await other.send(addStream('one')));
    await server.take(other, await unsavedOf(other));

    const disk = createMemoryDisk();
    const replica = await openInTeam(disk);
    const stored: number[] = [];
    replica.onCatalogue(() => stored.push(disk.documents.get(CATALOGUE)?.log.length ?? 0));
    const before = disk.documents.get(CATALOGUE)?.log.length ?? 0;
    disk.failure = FULL;
    expect(await server.give(replica)).toMatchObject({ ok: false, error: { reason: 'disk-full' } });
    expect(replica.catalogue().streams.size).toBe(0);
    expect(replica.saving().state).toBe('failing');
    disk.failure = undefined;
    must(await server.give(replica));
    expect(stored).toEqual([before + 1]);
    expect(replica.catalogue().streams.size).toBe(1);
    expect(replica.saving().state).toBe('saved');
    expect((await openTestReplica(disk)).catalogue().streams.size).toBe(1);
  });

  it('bytes that are no update change nothing, on disk or in memory', async () => {
    const disk = createMemoryDisk();
    const replica = await openInTeam(disk);
    must(await replica.send(addStream('one')));
    const before = structuredClone(disk.documents);
    for (const bytes of [[], [255, 255, 255], [1, 1, 200, 1, 0, 4], new Array(99).fill(7)]) {
      const answer = await replica.sync.receive(CATALOGUE, [Uint8Array.from(bytes as number[])]);
      expect(answer).toMatchObject({ ok: false, error: { reason: 'unreadable' } });
    }
    expect(disk.documents).toEqual(before);
    expect(replica.catalogue().streams.size).toBe(1);
  });

  it('[R6] a refused edit goes, is kept aside readable, and the edits after it stay, under a new client id', async () => {
    const disk = createMemoryDisk();
    const replica = await openInTeam(disk);
    const server = createServer();
    for (const name of ['one', 'two', 'three']) must(await replica.send(addStream(name)));
    const client = clientOf((await unsavedOf(replica))[0]);
    const told: boolean[] = [];
    replica.sync.onUnsaved(({ replaced }) => told.push(replaced));
    await server.take(replica, await unsavedOf(replica), isAdding('two'));

    expect([...replica.catalogue().streams.values()].map(({ link }) => link).sort()).toEqual(
      [linkOf('one'), linkOf('three')].sort(),
    );
    const [kept, ...more] = must(await replica.refused());
    expect(more).toEqual([]);
    expect(kept).toMatchObject({ document: CATALOGUE, n: 2, reason: 'forbidden' });
    expect(kept?.command).toEqual({ type: 'command', command: addStream('two') });
    expect(told).toEqual([true]);
    const again = await unsavedOf(replica);
    expect(again.map(({ n }) => n)).toEqual([4]);
    expect(clientOf(again[0])).not.toBe(client);
    await server.take(replica, again);
    expect(await unsavedOf(replica)).toEqual([]);
    expectSame(await openTestReplica(disk), server.doc);
  });

  it('[R24] what built on a refused edit falls with it and says so; what did not, stays', async () => {
    const replica = await openInTeam();
    const server = createServer();
    must(await replica.send(addStream('one')));
    must(await replica.send(addStream('two')));
    must(await replica.send(titleStream('two', 'On the refused one')));
    must(await replica.send(titleStream('one', 'On the other')));
    await server.take(replica, await unsavedOf(replica), isAdding('two'));
    expect(titleOf(replica, 'one')).toBe('On the other');
    expect(replica.catalogue().streams.size).toBe(1);
    const refused = must(await replica.refused());
    expect(refused.map(({ n, reason }) => [n, reason.split('.')[0]])).toEqual([
      [2, 'forbidden'],
      [3, 'It built on an edit that was refused'],
    ]);
    await server.take(replica, await unsavedOf(replica));
    expectSame(replica, server.doc);
  });

  it('[R25] a rebuild keeps all that was once saved, from whomever', async () => {
    const disk = createMemoryDisk();
    const replica = await openInTeam(disk);
    const server = createServer();
    const other = await openInTeam();
    must(await other.send(addStream('theirs')));
    await server.take(other, await unsavedOf(other));
    must(await replica.send(addStream('saved')));
    await server.take(replica, await unsavedOf(replica));
    must(await server.give(replica));
    must(await replica.send(addStream('refused')));
    await server.take(replica, await unsavedOf(replica), () => true);
    for (const now of [replica, await openTestReplica(disk)]) {
      expect(now.catalogue().streams.has(streamOf('theirs'))).toBe(true);
      expect(now.catalogue().streams.has(streamOf('saved'))).toBe(true);
      expect(now.catalogue().streams.size).toBe(2);
    }
  });

  it('[R25] when what was saved cannot be read or the rest not be written, nothing is rebuilt', async () => {
    const disk = createMemoryDisk();
    const replica = await openInTeam(disk);
    must(await replica.send(addStream('saved')));
    const [first] = await unsavedOf(replica);
    must(await replica.sync.markSaved(CATALOGUE, first?.n ?? 0));
    must(await replica.send(addStream('refused')));
    const before = structuredClone(disk.documents);
    disk.failure = { reason: 'damaged', words: 'The file is damaged.' };
    const answer = await replica.sync.markRefused(CATALOGUE, [{ n: 2, reason: 'forbidden' }]);
    expect(answer).toMatchObject({ ok: false, error: { reason: 'damaged' } });
    disk.failure = undefined;
    expect(disk.documents).toEqual(before);
    expect(replica.catalogue().streams.size).toBe(2);
    must(await replica.sync.markRefused(CATALOGUE, [{ n: 2, reason: 'forbidden' }]));
    expect(replica.catalogue().streams.size).toBe(1);
  });

  it('[R26] an edit that was replaced and that the server had saved after all is not lost', async () => {
    const disk = createMemoryDisk();
    const first = await openInTeam(disk);
    must(await first.send(addStream('refused')));
    // After a restart edits have another client id, so the server need not refuse them for what came before.
    const replica = await openTestReplica(disk);
    must(await replica.send(addStream('independent')));
    const server = createServer();
    const [one, two] = await unsavedOf(replica);
    Y.applyUpdate(server.doc, two?.bytes ?? new Uint8Array());
    must(await replica.sync.markRefused(CATALOGUE, [{ n: one?.n ?? 0, reason: 'forbidden' }]));
    must(await replica.sync.markSaved(CATALOGUE, two?.n ?? 0));
    await server.take(replica, await unsavedOf(replica));
    expect([...replica.catalogue().streams.values()].map(({ id }) => id)).toEqual([streamOf('independent')]);
    expectSame(replica, server.doc);
    expectSame(await openTestReplica(disk), server.doc);
  });

  it('an undo that is unsaved is made again like a command', async () => {
    const replica = await openInTeam();
    const server = createServer();
    must(await replica.send(addStream('one')));
    must(await replica.send(titleStream('one', 'First')));
    await server.take(replica, await unsavedOf(replica));
    must(await replica.send(addStream('refused')));
    must(await replica.send(titleStream('one', 'Second')));
    must(await replica.undo());
    expect(titleOf(replica, 'one')).toBe('First');
    await server.take(replica, await unsavedOf(replica), isAdding('refused'));
    expect(titleOf(replica, 'one')).toBe('First');
    await server.take(replica, await unsavedOf(replica));
    expectSame(replica, server.doc);
  });

  it('answers to edits that it does not know change nothing', async () => {
    const replica = await openInTeam();
    must(await replica.send(addStream('one')));
    must(await replica.sync.markRefused(CATALOGUE, [{ n: 99, reason: 'forbidden' }]));
    must(await replica.sync.markRefused('wall:nowhere', [{ n: 1, reason: 'forbidden' }]));
    must(await replica.sync.markSaved(CATALOGUE, 0));
    expect(await unsavedOf(replica)).toHaveLength(1);
    expect(must(await replica.refused())).toEqual([]);
  });

  it('[R27] a stream that was retired meanwhile comes back with the edit that was made offline', async () => {
    const disk = createMemoryDisk();
    const replica = await openInTeam(disk);
    const server = createServer();
    must(await replica.send(addStream('old')));
    must(await replica.send(titleStream('old', 'Before')));
    await server.take(replica, await unsavedOf(replica));
    must(await replica.send(titleStream('old', 'Edited offline')));

    const nowMs = TEST_NOW + 30 * 86_400_000;
    const projection = openCatalogue(server.doc);
    const replicaId = ReplicaId.parse('ssssssss');
    const stamps = createStampClock({ nowMs: () => nowMs }, replicaId);
    const retirement = planRetirement(server.doc, projection, retireRules(nowMs));
    expect(retirement.archived).toHaveLength(1);
    retireGenerations(server.doc, projection, retirement, {
      actor: TEST_ACTOR,
      stamps,
      replica: replicaId,
      nowMs,
    });
    projection.dispose();

    const later = await openTestReplica(disk, { clock: { nowMs: () => nowMs } });
    must(await server.give(later));
    expect(titleOf(later, 'old')).toBe('Edited offline');
    await server.take(later, await unsavedOf(later));
    expectSame(later, server.doc);
    const fresh = await openInTeam();
    must(await server.give(fresh));
    expect(titleOf(fresh, 'old')).toBe('Edited offline');
  });

  it('[R28] what the view had to decide after a merge is written down, once', async () => {
    const desks = [await openInTeam(), await openInTeam()];
    for (const [index, desk] of desks.entries()) {
      must(await desk.send(addStream(`s${index}`)));
      must(await desk.send(placeStream(`t${index}`, `s${index}`, 0, 0)));
    }
    const edits = await Promise.all(desks.map((desk) => unsavedOf(desk, MAIN)));
    const [a, b] = desks;
    if (a === undefined || b === undefined) throw new Error('two desks');
    must(await a.sync.receive(MAIN, edits[1]?.map(({ bytes }) => bytes) ?? []));
    expect(a.wall(WALL)?.bench).toHaveLength(1);
    const settled = (await unsavedOf(a, MAIN)).slice(edits[0]?.length);
    expect(settled.map(({ command }) => command)).toEqual([{ type: 'settle' }]);
    must(await a.sync.receive(MAIN, []));
    expect(await unsavedOf(a, MAIN)).toHaveLength((edits[0]?.length ?? 0) + 1);
    // The tile that gave way stays on the bench when the other moves on.
    const [placed] = a.wall(WALL)?.tiles ?? [];
    must(await a.send(moveTile(placed?.id ?? '', 2, 2)));
    expect(a.wall(WALL)?.bench).toHaveLength(1);
  });

  it('[R20] when the disk takes what others wrote and not what follows from it, nothing of that is shown', async () => {
    const other = await openInTeam();
    must(await other.send(addStream('theirs')));
    must(await other.send(placeStream('theirs', 'theirs', 0, 0)));
    const disk = createMemoryDisk();
    const store = createInMemoryReplicaStore(disk);
    const failing = { ...store };
    const replica = await openInTeam(disk, { store: failing });
    must(await replica.send(addStream('ours')));
    must(await replica.send(placeStream('ours', 'ours', 0, 0)));
    let appends = 0;
    failing.append = (edits) => {
      appends += 1;
      if (appends > 1) disk.failure = FULL;
      return store.append(edits);
    };
    const told: number[] = [];
    replica.onWall(WALL, ({ view }) => told.push(view.bench.length));
    const theirs = (await unsavedOf(other, MAIN)).map(({ bytes }) => bytes);
    must(await replica.sync.receive(MAIN, theirs));
    expect(told).toEqual([]);
    expect(replica.saving().state).toBe('failing');
    failing.append = store.append;
    disk.failure = undefined;
    must(await replica.sync.receive(MAIN, []));
    expect(replica.wall(WALL)?.bench).toHaveLength(1);
    expect((await openTestReplica(disk)).wall(WALL)).toEqual(replica.wall(WALL));
  });

  it('hands out all that it holds, or what somebody lacks', async () => {
    const replica = await openInTeam();
    must(await replica.send(addStream('one')));
    const vector = must(await replica.sync.stateVector(CATALOGUE));
    must(await replica.send(addStream('two')));
    const doc = new Y.Doc();
    Y.applyUpdate(doc, must(await replica.sync.encode(CATALOGUE)));
    expectSame(replica, doc);
    const difference = must(await replica.sync.encode(CATALOGUE, vector));
    expect(difference.byteLength).toBeLessThan(must(await replica.sync.encode(CATALOGUE)).byteLength);
  });
});

function clientOf(edit: UnsavedEdit | undefined): number | undefined {
  return edit === undefined ? undefined : Y.decodeUpdate(edit.bytes).structs[0]?.id.client;
}

/** The replica shows what somebody shows who has the server's document alone. */
function expectSame(replica: Replica, doc: Y.Doc): void {
  const projection = openCatalogue(doc);
  const shown = (view: ReturnType<Replica['catalogue']>) =>
    [...view.streams.values()].map((stream) => ({ ...stream }));
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);
  expect(shown(replica.catalogue()).sort(byId)).toEqual(shown(projection.view()).sort(byId));
  projection.dispose();
}
