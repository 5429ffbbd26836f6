import { z } from 'zod';
import { systemClock } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { ActorId, WallId } from '#shared/model/ids.ts';
import { Role } from '#shared/model/role.ts';
import type { WallView } from '#shared/document/view.ts';
import { openReplica, type Replica } from '#shared/replica/replica.ts';
import type { ReplicaStore } from '#shared/replica/replica-store.ts';
import { openConnection } from './indexeddb-connection.ts';
import { createIndexeddbReplicaStore } from './indexeddb-replica-store.ts';
import { messages } from './messages.ts';
import { createIndexeddbStreamArchive } from './indexeddb-stream-archive.ts';

/** The replica of a browser. */
export type WebReplica = Readonly<{ replica: Replica; store: ReplicaStore }>;

/** Whoever is at a browser that belongs to no team. */
const BROWSER = ActorId.parse('desk');
/** What nobody at the screen did is nobody's to undo. */
const FIRST_WALL = ActorId.parse('rule:first-wall');

const ACCOUNT = 'account';
const Account = z.object({ actor: ActorId, role: Role });

/** @returns or why it cannot be opened, in words */
export async function openWebReplica(name: string): Promise<Result<WebReplica, string>> {
  const connection = await openConnection(name);
  if (!connection.ok) return fail(connection.error.words);
  const store = createIndexeddbReplicaStore(connection.value);
  const archive = createIndexeddbStreamArchive(connection.value);
  const kept = await store.getSetting(ACCOUNT);
  const { actor, role } = (kept.ok && readAccount(kept.value)) || { actor: BROWSER, role: 'admin' as const };
  const replica = await openReplica({ store, archive, actor, role, clock: systemClock });
  return replica.ok ? ok({ replica: replica.value, store }) : fail(replica.error.words);
}

function readAccount(text: string | undefined): z.infer<typeof Account> | undefined {
  try {
    return Account.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}

/** Who the server says that one is, for the next start without it. */
export async function keepAccount(store: ReplicaStore, account: z.infer<typeof Account>): Promise<void> {
  await store.setSetting(ACCOUNT, JSON.stringify(account));
}

const NAME = 'name';

/** What others see one as, for a start while the server is away. */
export async function keepName(store: ReplicaStore, name: string): Promise<void> {
  await store.setSetting(NAME, name);
}

export async function keptName(store: ReplicaStore): Promise<string> {
  const kept = await store.getSetting(NAME);
  return (kept.ok ? kept.value : undefined) ?? messages.somebody;
}

/** Opens the wall that was there first, of those that are not archived; an empty one is made where there is none. */
export async function openFirstWall(replica: Replica): Promise<Result<WallView, string>> {
  const walls = [...replica.catalogue().walls.values()].filter(({ archived }) => !archived);
  const oldest = walls.toSorted((a, b) => a.addedAt - b.addedAt || (a.id < b.id ? -1 : 1))[0];
  const id = oldest === undefined ? await makeWall(replica) : ok(oldest.id);
  if (!id.ok) return id;
  const wall = await replica.openWall(id.value);
  return wall.ok ? ok(wall.value) : fail(wall.error.words);
}

async function makeWall(replica: Replica): Promise<Result<WallId, string>> {
  const id = WallId.parse(crypto.randomUUID().replaceAll('-', ''));
  const name = 'My wall';
  const isAlone = replica.sync.team() === null;
  if (isAlone) replica.actAs(FIRST_WALL, 'admin');
  const made = [
    await replica.send({ document: 'catalogue', command: { type: 'create-wall', id, name } }),
    await replica.send({ document: 'wall', wall: id, command: { type: 'set-name', name } }),
  ];
  if (isAlone) replica.actAs(BROWSER, 'admin');
  const refused = made.find((answer) => !answer.ok);
  return refused?.ok === false ? fail(refused.error.message) : ok(id);
}
