import { systemClock } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { ActorId, WallId } from '#shared/model/ids.ts';
import type { WallView } from '#shared/document/view.ts';
import { openReplica, type Replica } from '#shared/replica/replica.ts';
import type { ReplicaStore } from '#shared/replica/replica-store.ts';
import { openConnection } from './indexeddb-connection.ts';
import { createIndexeddbReplicaStore } from './indexeddb-replica-store.ts';
import { createIndexeddbStreamArchive } from './indexeddb-stream-archive.ts';

/** The replica of a browser, open on its first wall. */
export type WebReplica = Readonly<{ replica: Replica; store: ReplicaStore; wall: WallView }>;

/** Whoever is at a browser that belongs to no team. */
const BROWSER = ActorId.parse('desk');
/** What nobody at the screen did is nobody's to undo. */
const FIRST_WALL = ActorId.parse('rule:first-wall');

/** @returns or why it cannot be opened, in words */
export async function openWebReplica(name: string): Promise<Result<WebReplica, string>> {
  const connection = await openConnection(name);
  if (!connection.ok) return fail(connection.error.words);
  const store = createIndexeddbReplicaStore(connection.value);
  const archive = createIndexeddbStreamArchive(connection.value);
  const replica = await openReplica({ store, archive, actor: BROWSER, role: 'admin', clock: systemClock });
  if (!replica.ok) return fail(replica.error.words);
  const id = await findWall(replica.value);
  if (!id.ok) return id;
  const wall = await replica.value.openWall(id.value);
  return wall.ok ? ok({ replica: replica.value, store, wall: wall.value }) : fail(wall.error.words);
}

/** The wall that was there first, of those that are not archived; an empty one is made where there is none. */
async function findWall(replica: Replica): Promise<Result<WallId, string>> {
  const walls = [...replica.catalogue().walls.values()].filter(({ archived }) => !archived);
  const oldest = walls.toSorted((a, b) => a.addedAt - b.addedAt || (a.id < b.id ? -1 : 1))[0];
  if (oldest !== undefined) return ok(oldest.id);
  const id = WallId.parse(crypto.randomUUID().replaceAll('-', ''));
  const name = 'My wall';
  replica.actAs(FIRST_WALL, 'admin');
  const made = [
    await replica.send({ document: 'catalogue', command: { type: 'create-wall', id, name } }),
    await replica.send({ document: 'wall', wall: id, command: { type: 'set-name', name } }),
  ];
  replica.actAs(BROWSER, 'admin');
  const refused = made.find((answer) => !answer.ok);
  return refused?.ok === false ? fail(refused.error.message) : ok(id);
}
