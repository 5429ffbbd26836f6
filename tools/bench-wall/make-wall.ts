import { join } from 'node:path';
import type { CatalogueCommand, Command, WallCommand } from '../../shared/document/command.ts';
import { systemClock } from '../../shared/kernel/clock.ts';
import { ActorId, TileId, WallId } from '../../shared/model/ids.ts';
import { Link } from '../../shared/model/stream.ts';
import { readStreamUrl, streamIdOf } from '../../shared/model/stream-url.ts';
import { openReplicaDatabase } from '../../shared/replica/open-replica-database.ts';
import { openReplica } from '../../shared/replica/replica.ts';

/**
 * Puts a wall with one tile per link into a data folder, as a desk would find it at its next start.
 * @throws Error when it cannot be stored
 */
export async function makeWall(dataFolder: string, links: readonly string[]): Promise<void> {
  const database = await openReplicaDatabase({
    file: join(dataFolder, 'streamwall.db'),
    workerUrl: new URL('../../shared/replica/compact-worker.ts', import.meta.url),
    clock: systemClock,
    program: 'bench:wall',
  });
  if (!database.ok) throw new Error(database.error.words);
  try {
    const actor = ActorId.parse('desk');
    const replica = await openReplica({ ...database.value, actor, role: 'admin', clock: systemClock });
    if (!replica.ok) throw new Error(replica.error.words);
    for (const command of planWall(links)) {
      const answer = await replica.value.send(command);
      // A grid that the wall has from the start is refused as such.
      if (!answer.ok && answer.error.reason !== 'unchanged') throw new Error(answer.error.message);
    }
    await replica.value.close();
  } finally {
    await database.value.close();
  }
}

/** The smallest square grid that holds all, filled in reading order; the first tile is heard. */
export function planWall(links: readonly string[]): readonly Command[] {
  const id = WallId.parse('bench');
  const side = Math.ceil(Math.sqrt(links.length));
  const catalogue = (command: CatalogueCommand): Command => ({ document: 'catalogue', command });
  const wall = (command: WallCommand): Command => ({ document: 'wall', wall: id, command });
  const commands = [
    catalogue({ type: 'create-wall', id, name: 'Bench' }),
    wall({ type: 'set-grid', grid: { cols: side, rows: side } }),
  ];
  for (const [index, link] of links.entries()) {
    const tile = tileAt(index);
    const at = { x: index % side, y: Math.floor(index / side), w: 1, h: 1 };
    commands.push(
      catalogue({ type: 'add-stream', link: Link.parse(link), fields: { label: `Tile ${index + 1}` } }),
      wall({ type: 'place-stream', tile, stream: streamOf(link), at }),
    );
  }
  return [...commands, wall({ type: 'listen', tile: tileAt(0) })];
}

const tileAt = (index: number): TileId => TileId.parse(`bench-${index + 1}`);

function streamOf(link: string) {
  const read = readStreamUrl(link);
  if (!read.ok) throw new Error(`${link} cannot be read: ${read.error.message}`);
  return streamIdOf(read.value.url);
}
