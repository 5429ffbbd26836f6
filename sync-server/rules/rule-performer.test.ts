import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { WallCommand } from '#shared/document/command.ts';
import { systemClock } from '#shared/kernel/clock.ts';
import { RuleId, StreamId, TileId, WallId } from '#shared/model/ids.ts';
import { Link } from '#shared/model/stream.ts';
import type { Replica } from '#shared/replica/replica.ts';
import { createSyncClient } from '#shared/replica/sync-client.ts';
import { openNodeSocket } from '#shared/replica/sync-websocket.ts';
import { createMemoryDisk } from '#shared/replica/in-memory-replica-store.ts';
import { openTestReplica } from '#shared/replica/test-replica.ts';
import { systemTimers } from '../documents/timers.ts';
import { readKey } from '../accounts/service-key.ts';
import { startTestRest, type TestRest } from '../gateway/rest-v1/test-rest.ts';

let rest: TestRest;
const stops: (() => unknown)[] = [];
beforeAll(async () => {
  rest = await startTestRest();
  await rest.another();
}, 60_000);
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
  await rest.end();
}, 60_000);

const patience = { timeout: 30_000, interval: 50 };

/** Somebody's desk, with a wall of two cells and a rule on it. */
async function openDesk(name: string) {
  const wall = WallId.parse(name);
  const token = await rest.key('operator');
  const replica: Replica = await openTestReplica(createMemoryDisk(), {
    role: 'operator',
    clock: systemClock,
  });
  const sync = createSyncClient({
    ...{ replica, server: rest.server.url, openSocket: openNodeSocket, timers: systemTimers },
    credentials: async () => Promise.resolve({ token }),
  });
  stops.push(async () => {
    sync.close();
    await replica.close();
  });
  sync.follow('catalogue');
  sync.follow(`wall:${wall}`);
  sync.connect();
  await vi.waitFor(() => {
    const { line } = sync.state();
    if (line.type === 'asking') void sync.answerStore('yes');
    expect(line.type).toBe('in-step');
  }, patience);
  await replica.openWall(wall);
  const act = async (command: WallCommand) => {
    const done = await replica.send({ document: 'wall', wall, command });
    if (!done.ok) throw new Error(done.error.message);
  };
  const live = async (link: string, tag = name) => {
    const fields = { status: 'live' as const, tags: [tag] };
    const url = Link.parse(`https://www.twitch.tv/${link}`);
    await replica.send({ document: 'catalogue', command: { type: 'add-stream', link: url, fields } });
    const stream = [...replica.catalogue().streams.values()].find((one) => one.link.endsWith(link));
    return stream?.id ?? StreamId.parse('none');
  };
  await act({ type: 'set-grid', grid: { cols: 2, rows: 1 } });
  const actor = sync.state().account?.actor;
  if (actor !== undefined) replica.actAs(actor, 'operator');
  const put = (enabled: boolean) =>
    act({ type: 'put-rule', rule: RuleId.parse('r1'), name: 'All live', enabled, match: { tag: name } });
  const tiles = () => replica.wall(wall)?.tiles ?? [];
  return { act, live, put, tiles, token, wall };
}

const doneByRules = async (wall: string) =>
  (await rest.store.log.read(`wall:${wall}`, 0, 1000))
    .map(({ actor }) => actor)
    .filter((actor) => actor.startsWith('rule:'));

describe('rules of walls on a server', () => {
  it('[W20] [W21] are carried out once by one of two instances, under their name, and yield to a person', async () => {
    const desk = await openDesk('first');
    const [one, two] = [await desk.live('aone'), await desk.live('atwo')];
    await desk.put(true);
    await vi.waitFor(
      () =>
        expect(
          desk
            .tiles()
            .map(({ stream }) => stream)
            .sort(),
        ).toEqual([one, two].sort()),
      patience,
    );
    expect(desk.tiles().every(({ rule }) => rule === 'r1')).toBe(true);
    expect([...new Set(await doneByRules('first'))]).toEqual(['rule:all-live']);
    const removed = desk.tiles().find(({ stream }) => stream === one)?.id ?? TileId.parse('none');
    await desk.act({ type: 'remove-tile', tile: removed });
    const three = await desk.live('athree');
    await vi.waitFor(() => expect(desk.tiles().map(({ stream }) => stream)).toContain(three), patience);
    await desk.act({ type: 'set-grid', grid: { cols: 3, rows: 1 } });
    const four = await desk.live('afour');
    await vi.waitFor(() => expect(desk.tiles().map(({ stream }) => stream)).toContain(four), patience);
    expect(desk.tiles().map(({ stream }) => stream)).not.toContain(one);
  }, 60_000);

  it('[W16] rest once nobody lends them rights any more', async () => {
    const desk = await openDesk('second');
    await desk.put(true);
    const first = await desk.live('bone');
    await vi.waitFor(() => expect(desk.tiles().map(({ stream }) => stream)).toEqual([first]), patience);
    const before = await doneByRules('second');
    await rest.store.accounts.keys.revoke(readKey(desk.token)?.id ?? '', 1);
    const other = await openDesk('third');
    await other.live('btwo', 'second');
    await other.put(true);
    // The walls are looked at in one round: once the third has its stream, the second was passed over.
    const last = await other.live('cone');
    await vi.waitFor(() => expect(other.tiles().map(({ stream }) => stream)).toEqual([last]), patience);
    expect(await doneByRules('second')).toEqual(before);
  }, 60_000);
});
