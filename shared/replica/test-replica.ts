import type { Command } from '../document/command.ts';
import type { Result } from '../kernel/result.ts';
import { ActorId, TileId, WallId, type StreamId } from '../model/ids.ts';
import { Link } from '../model/stream.ts';
import { readStreamUrl, streamIdOf } from '../model/stream-url.ts';
import { createInMemoryReplicaStore, createMemoryDisk, type MemoryDisk } from './in-memory-replica-store.ts';
import { createInMemoryStreamArchive } from './in-memory-stream-archive.ts';
import { openReplica, type Replica, type ReplicaOptions } from './replica.ts';

/** For tests: replicas on disks in memory, and commands in few words. */

export const WALL = WallId.parse('main');
export const TEST_ACTOR = ActorId.parse('user:ann');

export async function openTestReplica(
  disk: MemoryDisk = createMemoryDisk(),
  options: Partial<ReplicaOptions> = {},
): Promise<Replica> {
  const replica = must(
    await openReplica({
      store: createInMemoryReplicaStore(disk),
      archive: createInMemoryStreamArchive(),
      actor: TEST_ACTOR,
      role: 'operator',
      clock: { nowMs: () => TEST_NOW },
      ...options,
    }),
  );
  must(await replica.openWall(WALL));
  return replica;
}

export const TEST_NOW = Date.UTC(2026, 5, 1, 12);

export const linkOf = (name: string) => Link.parse(`https://www.twitch.tv/${name}`);

export function streamOf(name: string): StreamId {
  return streamIdOf(must(readStreamUrl(linkOf(name))).url);
}

export const addStream = (name: string): Command => ({
  document: 'catalogue',
  command: { type: 'add-stream', link: linkOf(name) },
});

export const titleStream = (name: string, title: string): Command => ({
  document: 'catalogue',
  command: { type: 'edit-stream', id: streamOf(name), changes: { title } },
});

export const placeStream = (tile: string, name: string, x: number, y: number): Command => ({
  document: 'wall',
  wall: WALL,
  command: {
    type: 'place-stream',
    tile: TileId.parse(tile),
    stream: streamOf(name),
    at: { x, y, w: 1, h: 1 },
  },
});

export const moveTile = (tile: string, x: number, y: number): Command => ({
  document: 'wall',
  wall: WALL,
  command: { type: 'place-tile', tile: TileId.parse(tile), at: { x, y, w: 1, h: 1 } },
});

export const removeTile = (tile: string): Command => ({
  document: 'wall',
  wall: WALL,
  command: { type: 'remove-tile', tile: TileId.parse(tile) },
});

export function must<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}
