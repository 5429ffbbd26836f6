import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { Command } from '../document/command.ts';
import { hasWaiting } from './compact-updates.ts';
import { createMemoryDisk, createInMemoryReplicaStore, type MemoryDisk } from './in-memory-replica-store.ts';
import type { Replica } from './replica.ts';
import type { DocumentName, UnsavedEdit } from './replica-store.ts';
import {
  addStream,
  linkOf,
  moveTile,
  must,
  openTestReplica,
  placeStream,
  removeTile,
  streamOf,
  titleStream,
  WALL,
} from './test-replica.ts';
import { IS_LONG, randomFrom, TEST_SEED } from './test-random.ts';

const HISTORIES = IS_LONG ? 400 : 40;
const STEPS = 60;
const DOCUMENTS: readonly DocumentName[] = ['catalogue', 'wall:main'];
const FULL = { reason: 'disk-full', words: 'The disk is full.' } as const;

/**
 * Two desks and a server that refuses some edits, disks that fail and recover, programs that end and start again, in any
 * order. What a desk shows is always what it shows after starting again; in the end all show the same. Repeat a history
 * with STREAMWALL_SEED.
 */
describe('two replicas and a server, at random', () => {
  for (let index = 0; index < HISTORIES; index += 1) {
    const seed = TEST_SEED + index;
    it(`[R1] [R2] [R25] show what is on disk, and the same in the end (seed ${seed})`, async () => {
      await runHistory(randomFrom(seed));
    });
  }
});

type Desk = { readonly disk: MemoryDisk; replica: Replica };

async function runHistory(random: () => number): Promise<void> {
  const server = createServer(random);
  const desks = await Promise.all([openDesk(), openDesk()]);
  for (let step = 0; step < STEPS; step += 1) {
    const desk = pick(random, desks);
    await pick(random, ACTIONS)(desk, server, random);
  }
  for (const desk of desks) desk.disk.failure = undefined;
  server.refuses = false;
  // What one sends, the other settles and sends in turn.
  for (let round = 0; round < 4; round += 1) {
    for (const desk of desks) await exchange(desk, server);
  }
  for (const desk of desks) {
    for (const name of DOCUMENTS) expect(must(await desk.replica.sync.unsaved(name))).toEqual([]);
    expect(desk.replica.state('catalogue')).toEqual({ waiting: false, unreadable: 0 });
    expect(shown(desk.replica)).toEqual(shown(desks[0]?.replica ?? desk.replica));
    await restart(desk);
  }
}

async function openDesk(): Promise<Desk> {
  const disk = createMemoryDisk();
  const replica = await openTestReplica(disk);
  must(await replica.sync.joinTeam('store-1'));
  return { disk, replica };
}

type Server = ReturnType<typeof createServer>;
type Action = (desk: Desk, server: Server, random: () => number) => Promise<unknown>;

const NAMES = ['one', 'two', 'three', 'four', 'five', 'six'];
const TILES = ['a', 'b', 'c', 'd'];

const edit: Action = async ({ replica, disk }, _server, random) => {
  const before = shown(replica);
  const answer = await replica.send(randomCommand(random));
  if (disk.failure !== undefined) {
    expect(answer.ok).toBe(false);
    expect(shown(replica)).toEqual(before);
  }
};

const burst: Action = async ({ replica }, _server, random) => {
  await Promise.all(Array.from({ length: 5 }, () => replica.send(randomCommand(random), 'drag')));
};

const restart = async (desk: Desk): Promise<void> => {
  const before = shown(desk.replica);
  desk.disk.failure = undefined;
  desk.replica = await openTestReplica(desk.disk);
  expect(shown(desk.replica)).toEqual(before);
};

const exchange = async ({ replica, disk }: Desk, server: Server): Promise<void> => {
  if (disk.failure !== undefined) return;
  for (const name of DOCUMENTS) {
    for (;;) {
      const [next] = must(await replica.sync.unsaved(name));
      if (next === undefined) break;
      const refusal = server.take(name, next);
      if (refusal === undefined) must(await replica.sync.markSaved(name, next.n));
      else must(await replica.sync.markRefused(name, [{ n: next.n, reason: refusal }]));
    }
    must(await replica.sync.receive(name, [server.give(name, must(await replica.sync.stateVector(name)))]));
  }
};

const ACTIONS: readonly Action[] = [
  edit,
  edit,
  edit,
  edit,
  edit,
  burst,
  restart,
  exchange,
  exchange,
  async ({ replica }) => replica.undo(),
  async ({ replica }) => replica.redo(),
  async ({ disk }, _server, random) => (disk.failure = random() < 0.5 ? FULL : undefined),
  async ({ disk }) => (disk.failure = undefined),
  async ({ disk }, _server, random) => createInMemoryReplicaStore(disk).compact(pick(random, DOCUMENTS)),
];

function randomCommand(random: () => number): Command {
  const name = pick(random, NAMES);
  const tile = pick(random, TILES);
  const [x, y] = [Math.floor(random() * 3), Math.floor(random() * 3)];
  return pick<() => Command>(random, [
    () => addStream(name),
    () => titleStream(name, `title ${Math.floor(random() * 1000)}`),
    () => ({ document: 'catalogue', command: { type: 'remove-stream', id: streamOf(name) } }),
    () => ({
      document: 'catalogue',
      command: { type: 'add-stream', link: linkOf(name), fields: { notes: 'n' } },
    }),
    () => placeStream(tile, name, x, y),
    () => moveTile(tile, x, y),
    () => removeTile(tile),
  ])();
}

/** Refuses now and then; of a Yjs client of whom it refused something, it takes nothing more. */
function createServer(random: () => number) {
  const docs = new Map(DOCUMENTS.map((name) => [name, new Y.Doc()]));
  const refused = new Set<number>();
  const docOf = (name: DocumentName) => docs.get(name) ?? new Y.Doc();
  return {
    refuses: true,
    take(name: DocumentName, { bytes }: UnsavedEdit): string | undefined {
      const clients = Y.decodeUpdate(bytes).structs.map((struct) => struct.id.client);
      if (clients.some((client) => refused.has(client))) return 'follows a refused edit';
      if (this.refuses && clients.length > 0 && random() < 0.15) {
        for (const client of clients) refused.add(client);
        return 'forbidden';
      }
      Y.applyUpdate(docOf(name), bytes);
      expect(hasWaiting(docOf(name)), 'an edit came before what it builds on').toBe(false);
      return undefined;
    },
    give: (name: DocumentName, vector: Uint8Array) => Y.encodeStateAsUpdate(docOf(name), vector),
  };
}

/** Everything that a person sees. */
function shown(replica: Replica) {
  const catalogue = replica.catalogue();
  const streams = [...catalogue.streams.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const wall = replica.wall(WALL);
  const byId = <T extends { readonly id: string }>(items: readonly T[] = []) =>
    [...items].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { streams, tiles: byId(wall?.tiles), bench: byId(wall?.bench), problems: catalogue.problems };
}

function pick<T>(random: () => number, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}
