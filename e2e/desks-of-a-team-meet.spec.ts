import { expect, test } from '@playwright/test';
import { systemClock } from '#shared/kernel/clock.ts';
import { ActorId } from '#shared/model/ids.ts';
import { Link } from '#shared/model/stream.ts';
import { createInMemoryReplicaStore, createMemoryDisk } from '#shared/replica/in-memory-replica-store.ts';
import { openReplica } from '#shared/replica/replica.ts';
import { createSyncClient } from '#shared/replica/sync-client.ts';
import { openNodeSocket, systemTimers } from '#shared/replica/sync-websocket.ts';
import { newFolder, startDesk, type Desk } from './harness/desk.ts';
import { prepareWall } from './harness/prepared-wall.ts';
import {
  ask,
  joinTeam,
  lineOf,
  openPlainClient,
  startTeamServers,
  streamsIn,
  streamsOf,
  teamOf,
  type TeamServer,
  type TeamServers,
} from './harness/team.ts';

const link = (name: string) => `https://media.example.org/${name}.m3u8`;
const add = async (desk: Desk, name: string): Promise<void> => {
  const command = { type: 'add-stream', link: Link.parse(link(name)) } as const;
  expect(await ask(desk, 'send-command', { document: 'catalogue', command })).toMatchObject({ ok: true });
};
const until = async (desks: readonly Desk[], line: string): Promise<void> => {
  for (const desk of desks) await expect.poll(async () => lineOf(desk)).toBe(line);
};
const names = async (desk: Desk): Promise<string[]> =>
  (await ask(desk, 'open-control', undefined)).streams
    .map((one) => one.link.replace(/.*\/|\.m3u8/g, ''))
    .sort();

let ends: (() => unknown)[] = [];
test.afterEach(async () => {
  for (const end of ends.toReversed()) await end();
  ends = [];
});

/** A desk with one stream and one tile of its own. */
async function openDesk(own: string): Promise<Desk> {
  const folder = await newFolder();
  ends.push(folder.remove);
  await prepareWall(folder.path, [{ name: own, link: link(own) }]);
  const desk = await startDesk({ folder: folder.path });
  ends.push(async () => desk.app.close().catch(() => undefined));
  return desk;
}

/** A copy that looks on, without a screen. */
async function openViewer(server: TeamServer, token: string) {
  const actor = ActorId.parse('desk');
  const store = createInMemoryReplicaStore(createMemoryDisk());
  const replica = await openReplica({ store, actor, role: 'viewer', clock: systemClock });
  if (!replica.ok) throw new Error(replica.error.words);
  const follow = (key: string) => {
    const sync = createSyncClient({
      ...{ replica: replica.value, server: server.url, openSocket: openNodeSocket, timers: systemTimers },
      credentials: async () => Promise.resolve({ token: key }),
    });
    sync.follow('catalogue');
    sync.connect();
    ends.push(sync.close);
    return sync;
  };
  return { replica: replica.value, follow, sync: follow(token) };
}

async function openTeam(): Promise<TeamServers> {
  const team = await startTeamServers();
  ends.push(team.remove);
  return team;
}

test('two desks and a browser on two servers end equal, whatever becomes of the servers', async () => {
  test.setTimeout(240_000);
  const team = await openTeam();
  const [one, two] = team.servers;
  const [ana, ben] = await Promise.all([openDesk('anas'), openDesk('bens')]);
  const desks = [ana, ben];

  // Both bring what they had while they were alone, after one question each.
  await joinTeam(ana, one, team.key('operator'), 'Ana');
  await until([ana], 'asks fill');
  await ask(ana, 'answer-store-question', 'yes');
  await until([ana], 'in-step');
  await joinTeam(ben, two, team.key('operator'), 'Ben');
  await until([ben], 'asks merge');
  expect(await names(ana)).toEqual(['anas']);
  await ask(ben, 'answer-store-question', 'yes');
  const browser = openPlainClient(two, team.key('operator'));
  ends.push(browser.end);
  const vera = await openViewer(one, team.key('viewer'));
  const equal = async (): Promise<void> => {
    await until(desks, 'in-step');
    await expect.poll(async () => streamsOf(ben)).toEqual(await streamsOf(ana));
    await expect.poll(() => streamsIn(browser.view().streams.values())).toEqual(await streamsOf(ana));
    await expect
      .poll(() => streamsIn(vera.replica.catalogue().streams.values()))
      .toEqual(await streamsOf(ana));
  };
  await equal();
  await expect.poll(async () => names(ana)).toEqual(['anas', 'bens']);
  await expect
    .poll(async () => teamOf(ana))
    .toMatchObject({
      people: expect.arrayContaining([expect.objectContaining({ name: 'Ben', kind: 'person' })]),
    });

  // Edits on both while both are away, one of them the same.
  for (const desk of desks) await ask(desk, 'connect-team', false);
  await until(desks, 'off');
  for (const name of ['offline-a', 'both']) await add(ana, name);
  for (const name of ['offline-b', 'both']) await add(ben, name);
  expect(await names(ana)).toEqual(['anas', 'bens', 'both', 'offline-a']);
  expect(await teamOf(ana)).toMatchObject({ sync: { unsaved: 2 } });
  for (const desk of desks) await ask(desk, 'connect-team', true);
  await expect.poll(async () => names(ben)).toEqual(['anas', 'bens', 'both', 'offline-a', 'offline-b']);
  await equal();

  // One server is killed in the middle of edits, and comes back.
  for (let i = 0; i < 60; i++) {
    await add(ana, `traffic-a${String(i)}`);
    await add(ben, `traffic-b${String(i)}`);
    if (i === 20) await one.kill();
    if (i === 40) await one.start();
  }
  await expect.poll(async () => (await names(ben)).length).toBe(125);
  await equal();

  // The servers lose everything: documents and accounts. One desk brings it back, after one question.
  const before = await streamsOf(ana);
  vera.sync.close();
  await team.loseEverything();
  await until(desks, 'turned-away');
  await add(ana, 'meanwhile');
  await joinTeam(ana, one, team.key('operator'), 'Ana');
  await joinTeam(ben, two, team.key('operator'), 'Ben');
  const looksOn = vera.follow(team.key('viewer'));
  const answer = () => looksOn.state().line;
  await expect.poll(answer).toMatchObject({ question: { kind: 'wait-for-others' } });
  await looksOn.answerStore('yes');
  await expect.poll(answer).toEqual({ type: 'in-step' });
  expect(streamsIn(vera.replica.catalogue().streams.values())).toEqual(before);
  await until([ana], 'asks fill');
  await ask(ana, 'answer-store-question', 'yes');
  await until([ana], 'in-step');
  await ask(ben, 'answer-store-question', 'yes');
  browser.end();
  const again = openPlainClient(two, team.key('operator'));
  ends.push(again.end);
  browser.view = again.view;
  await expect.poll(async () => (await names(ben)).length).toBe(126);
  await equal();
  expect(await streamsOf(ben)).toEqual(expect.arrayContaining(before));
});

test('a desk of another team is given nothing and gives nothing, and is as before', async () => {
  const team = await openTeam();
  const [one] = team.servers;
  const ana = await openDesk('anas');
  await joinTeam(ana, one, team.key('operator'), 'Ana');
  await until([ana], 'asks fill');
  await ask(ana, 'answer-store-question', 'yes');
  await until([ana], 'in-step');
  await team.loseEverything();
  const browser = openPlainClient(one, team.key('operator'));
  ends.push(browser.end);
  await joinTeam(ana, one, team.key('operator'), 'Ana');
  await until([ana], 'asks fill');
  await add(ana, 'ours');
  await ask(ana, 'answer-store-question', 'no');
  await until([ana], 'off');
  expect(await names(ana)).toEqual(['anas', 'ours']);
  expect(browser.view().streams.size).toBe(0);
  expect(await ask(ana, 'leave-team', undefined)).toMatchObject({ ok: true });
  expect(await teamOf(ana)).toEqual({ type: 'alone' });
  await add(ana, 'alone-again');
  expect(await names(ana)).toEqual(['alone-again', 'anas', 'ours']);
});
