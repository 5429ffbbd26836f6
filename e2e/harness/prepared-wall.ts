import { join } from 'node:path';
import type { Command } from '#shared/document/command.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import { ActorId, TileId, WallId } from '#shared/model/ids.ts';
import { Link, type StreamFields } from '#shared/model/stream.ts';
import { readStreamUrl, streamIdOf } from '#shared/model/stream-url.ts';
import { openReplicaDatabase } from '#shared/replica/open-replica-database.ts';
import { openReplica } from '#shared/replica/replica.ts';

/** A tile to be, under a name of its own. */
export type PreparedTile = {
  readonly name: string;
  readonly link: string;
  readonly fields?: Partial<Pick<StreamFields, 'kind' | 'label' | 'rotation'>>;
};

export const WALL = WallId.parse('zoo');

/** Puts a wall with these tiles, in reading order, into a folder, as a desk finds it at its next start. */
export async function prepareWall(folder: string, tiles: readonly PreparedTile[]): Promise<void> {
  const database = await openReplicaDatabase({
    file: join(folder, 'streamwall.db'),
    workerUrl: new URL('../../shared/replica/compact-worker.ts', import.meta.url),
    clock: systemClock,
    program: 'a story',
  });
  if (!database.ok) throw new Error(database.error.words);
  const actor = ActorId.parse('desk');
  const replica = await openReplica({ ...database.value, actor, role: 'admin', clock: systemClock });
  if (!replica.ok) throw new Error(replica.error.words);
  for (const command of planWall(tiles)) {
    const answer = await replica.value.send(command);
    if (!answer.ok && answer.error.reason !== 'unchanged') throw new Error(answer.error.message);
  }
  await replica.value.close();
  await database.value.close();
}

function planWall(tiles: readonly PreparedTile[]): readonly Command[] {
  const cols = Math.ceil(Math.sqrt(tiles.length));
  const rows = Math.ceil(tiles.length / cols);
  return [
    { document: 'catalogue', command: { type: 'create-wall', id: WALL, name: 'Zoo' } },
    { document: 'wall', wall: WALL, command: { type: 'set-grid', grid: { cols, rows } } },
    ...tiles.flatMap(({ name, link, fields }, index): Command[] => [
      {
        document: 'catalogue',
        command: { type: 'add-stream', link: Link.parse(link), fields: { label: name, ...fields } },
      },
      {
        document: 'wall',
        wall: WALL,
        command: {
          type: 'place-stream',
          tile: TileId.parse(name),
          stream: streamOf(link),
          at: { x: index % cols, y: Math.floor(index / cols), w: 1, h: 1 },
        },
      },
    ]),
  ];
}

export function streamOf(link: string) {
  const read = readStreamUrl(link);
  if (!read.ok) throw new Error(`${link} cannot be read: ${read.error.message}`);
  return streamIdOf(read.value.url);
}
