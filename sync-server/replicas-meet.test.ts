import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer } from 'ws';
import { createMemoryDisk } from '#shared/replica/in-memory-replica-store.ts';
import {
  addStream,
  linkOf,
  must,
  openTestReplica,
  placeStream,
  streamOf,
  titleStream,
  WALL,
} from '#shared/replica/test-replica.ts';
import { ActorId, TileId } from '#shared/model/ids.ts';
import { createTestStore } from './test-store.ts';
import { createTestTeam, type TestDesk, type TestTeam } from './test-team.ts';

let team: TestTeam;
beforeEach(() => {
  team = createTestTeam();
});
afterEach(async () => {
  await team.end();
});

const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 8_000, interval: 20 });
const lineOf = ({ sync }: TestDesk): string => sync.state().line.type;
const questionOf = ({ sync }: TestDesk): string | undefined => {
  const { line } = sync.state();
  return line.type === 'asking' ? line.question.kind : undefined;
};
const links = ({ replica }: TestDesk): readonly string[] =>
  [...replica.catalogue().streams.values()].map(({ link }) => link).sort();
const titleOf = ({ replica }: TestDesk, name: string) =>
  replica.catalogue().streams.get(streamOf(name))?.title;
const tiles = ({ replica }: TestDesk): readonly string[] =>
  (replica.wall(WALL)?.tiles ?? [])
    .map(({ id, place }) => `${id} ${String(place?.x)},${String(place?.y)}`)
    .sort();

/** Everything is here, and everything from here is stored there. */
async function allSaved(...desks: TestDesk[]): Promise<void> {
  await until(() => {
    for (const desk of desks) expect([lineOf(desk), desk.sync.state().unsaved]).toEqual(['in-step', 0]);
  });
}

describe('desks of a team', () => {
  it('[R31] see the same once they have met, also what was edited while they were apart', async () => {
    const server = await team.start();
    const [ana, ben] = [
      await team.desk(server.url, await team.key('operator')),
      await team.desk(server.url, await team.key('operator')),
    ];
    await allSaved(ana, ben);
    must(await ana.replica.send(addStream('one')));
    must(await ana.replica.send(placeStream('a', 'one', 0, 0)));
    await until(() => expect([links(ben), tiles(ben)]).toEqual([[linkOf('one')], ['a 0,0']]));

    for (const { sync } of [ana, ben]) sync.disconnect();
    must(await ana.replica.send(titleStream('one', 'From Ana')));
    must(await ana.replica.send(addStream('two')));
    must(await ben.replica.send(addStream('three')));
    must(await ben.replica.send(placeStream('b', 'three', 1, 1)));
    expect([ana.sync.state().unsaved, ben.sync.state().unsaved]).toEqual([2, 2]);
    expect([lineOf(ana), lineOf(ben)]).toEqual(['off', 'off']);
    for (const { sync } of [ana, ben]) sync.connect();
    await until(() => {
      expect(links(ana)).toEqual([linkOf('one'), linkOf('three'), linkOf('two')]);
      expect(links(ben)).toEqual(links(ana));
      expect(titleOf(ben, 'one')).toBe('From Ana');
      expect(tiles(ana)).toEqual(['a 0,0', 'b 1,1']);
      expect(tiles(ben)).toEqual(tiles(ana));
    });
    await allSaved(ana, ben);
    const authors = new Set(
      (await team.store.log.read('catalogue', 0, 99)).map(
        ({ actor, carried }) => `${actor} ${String(carried)}`,
      ),
    );
    expect([...authors].sort()).toEqual(
      [ana, ben].map(({ sync }) => `${String(sync.state().account?.actor)} false`).sort(),
    );
  });

  it('[R31] are in step only when everything is here', async () => {
    const server = await team.start();
    const token = await team.key('operator');
    const ana = await team.desk(server.url, token);
    await allSaved(ana);
    must(await ana.replica.send(addStream('one')));
    must(await ana.replica.send(placeStream('a', 'one', 0, 0)));
    await allSaved(ana);
    const ben = await team.desk(server.url, token);
    const seen = await new Promise((resolve) => {
      ben.sync.onState(({ line }) => {
        if (line.type === 'in-step') resolve([links(ben), tiles(ben)]);
      });
    });
    expect(seen).toEqual([[linkOf('one')], ['a 0,0']]);
  });

  it('[R32] come back by themselves when the server does, with a fresh pass, and say so meanwhile', async () => {
    const first = await team.start();
    const port = Number(new URL(first.url).port);
    const token = await team.key('operator');
    let passes = 0;
    const credentials = async () => Promise.resolve({ token: (passes += 1) > 0 ? token : '' });
    const ana = await team.desk(first.url, token, { credentials });
    const ben = await team.desk(first.url, token);
    await allSaved(ana, ben);
    await first.stop();
    await until(() => expect([lineOf(ana), lineOf(ben)]).toEqual(['offline', 'offline']));
    must(await ana.replica.send(addStream('one')));
    expect(ana.sync.state().unsaved).toBe(1);
    const before = passes;
    await team.start(port);
    await until(() => expect(links(ben)).toEqual([linkOf('one')]));
    await allSaved(ana, ben);
    expect(passes).toBeGreaterThan(before);
  });

  it('[R33] keep on disk what is not saved, and send it after a restart', async () => {
    const server = await team.start();
    const token = await team.key('operator');
    const disk = createMemoryDisk();
    const before = await team.desk(server.url, token, { disk });
    await allSaved(before);
    before.sync.disconnect();
    must(await before.replica.send(addStream('one')));
    await before.quit();
    const after = await team.desk(server.url, token, { disk });
    await allSaved(after);
    expect(await team.store.log.last('catalogue')).toBe(1);
  });

  it('[R34] that are refused an edit end equal to the others, keep it aside with its reason, and go on', async () => {
    const server = await team.start();
    const [ana, mona] = [
      await team.desk(server.url, await team.key('operator')),
      await team.desk(server.url, await team.key('monitor')),
    ];
    await allSaved(ana, mona);
    must(await ana.replica.send(addStream('one')));
    must(await ana.replica.send(placeStream('a', 'one', 0, 0)));
    await until(() => expect(tiles(mona)).toEqual(['a 0,0']));
    // As a desk that was an operator's a moment ago.
    const { sync } = mona;
    sync.disconnect();
    mona.replica.actAs(ActorId.parse('user:mona'), 'operator');
    must(await mona.replica.send(addStream('two')));
    must(await mona.replica.send(titleStream('two', 'On the refused one')));
    must(
      await mona.replica.send({
        document: 'wall',
        wall: WALL,
        command: { type: 'blur', tile: TileId.parse('a'), on: true },
      }),
    );
    must(await mona.replica.send(placeStream('b', 'one', 2, 2)));
    expect(sync.state().unsaved).toBe(4);
    sync.connect();
    await allSaved(ana, mona);
    expect(links(mona)).toEqual([linkOf('one')]);
    await until(() => expect(ana.replica.wall(WALL)?.tiles.map(({ blurred }) => blurred)).toEqual([true]));
    expect(tiles(mona)).toEqual(['a 0,0']);
    const refused = must(await mona.replica.refused());
    expect(refused.map(({ document, reason }) => [document, reason])).toEqual([
      ['catalogue', 'Your role does not allow changes to “streams”.'],
      ['catalogue', expect.stringContaining('It built on an edit that was refused.')],
      ['wall:main', 'Your role does not allow changes to “tiles”.'],
    ]);
    must(
      await mona.replica.send({
        document: 'wall',
        wall: WALL,
        command: { type: 'blur', tile: TileId.parse('a'), on: false },
      }),
    );
    await until(() => expect(ana.replica.wall(WALL)?.tiles.map(({ blurred }) => blurred)).toEqual([false]));
    await allSaved(ana, mona);
  });

  it('[R35] are turned away with words when their key is not known, and are not tried again', async () => {
    const server = await team.start();
    const ana = await team.desk(server.url, 'swk_nobody');
    await until(() => expect(lineOf(ana)).toBe('turned-away'));
    must(await ana.replica.send(addStream('one')));
    expect(links(ana)).toEqual([linkOf('one')]);
  });

  it('[R36] see who else is there, and no more once they have gone', async () => {
    const server = await team.start();
    const token = await team.key('operator');
    const [ana, ben] = [await team.desk(server.url, token), await team.desk(server.url, token)];
    await allSaved(ana, ben);
    ana.sync.presence('wall:main').setOwn({ name: 'Ana' });
    const seen = () => [...ben.sync.presence('wall:main').others().values()];
    await until(() => expect(seen()).toEqual([{ name: 'Ana' }]));
    ana.sync.disconnect();
    await until(() => expect(seen()).toEqual([]));
    ana.sync.connect();
    await until(() => expect(seen()).toEqual([{ name: 'Ana' }]));
  });
});

it('[SD7] a signal reaches the wall that is shown, and the picture comes back', async () => {
  const server = await team.start();
  const [ana, wall] = [
    await team.desk(server.url, await team.key('operator')),
    await team.desk(server.url, await team.key('viewer')),
  ];
  await allSaved(ana, wall);
  const still = { signal: 'still', tile: TileId.parse('a') } as const;
  expect(await ana.sync.signal('wall:main', still)).toMatchObject({ outcome: 'no-output' });
  wall.sync.serveSignals('wall:main', async (asked) =>
    Promise.resolve(
      asked.signal === 'ask-delay'
        ? { outcome: 'done', words: `${asked.at} ${asked.wish.type}` }
        : {
            outcome: 'done',
            words: `${asked.signal} ${asked.tile}`,
            picture: Uint8Array.of(1, 2, 3),
          },
    ),
  );
  await until(async () =>
    expect(await ana.sync.signal('wall:main', still)).toMatchObject({
      outcome: 'done',
      words: 'still a',
      picture: Uint8Array.of(1, 2, 3),
    }),
  );
  expect(await wall.sync.signal('wall:main', still)).toMatchObject({ outcome: 'forbidden' });
  expect(await ana.sync.signal('wall:main', { ...still, signal: 'devtools' })).toMatchObject({
    outcome: 'forbidden',
  });
  const cover = {
    signal: 'ask-delay',
    at: 'mark-0001',
    wish: { type: 'censor', on: true },
  } as const;
  const covered = { outcome: 'done', words: 'mark-0001 censor' };
  expect(await ana.sync.signal('wall:main', cover)).toMatchObject(covered);
  expect(await wall.sync.signal('wall:main', cover)).toMatchObject({ outcome: 'forbidden' });
  ana.sync.disconnect();
  expect(await ana.sync.signal('wall:main', still)).toMatchObject({ outcome: 'no-output' });
  expect(await team.store.log.last('wall:main')).toBe(0);
});

describe('another store', () => {
  it('[R37] is neither told nor taken anything before a person says yes', async () => {
    const server = await team.start();
    const token = await team.key('operator');
    const ana = await team.desk(server.url, token);
    await allSaved(ana);
    must(await ana.replica.send(addStream('theirs')));
    await allSaved(ana);

    const disk = createMemoryDisk();
    const alone = await openTestReplica(disk);
    must(await alone.send(addStream('mine')));
    await alone.close();
    const ben = await team.desk(server.url, token, { disk });
    await until(() => expect(questionOf(ben)).toBe('merge'));
    must(await ben.replica.send(addStream('mine-too')));
    expect(links(ben)).toEqual([linkOf('mine'), linkOf('mine-too')]);
    expect(links(ana)).toEqual([linkOf('theirs')]);

    await ben.sync.answerStore('no');
    expect(lineOf(ben)).toBe('off');
    ben.sync.connect();
    await until(() => expect(questionOf(ben)).toBe('merge'));
    expect(links(ana)).toEqual([linkOf('theirs')]);

    await ben.sync.answerStore('yes');
    await until(() => {
      expect(links(ana)).toEqual([linkOf('mine'), linkOf('mine-too'), linkOf('theirs')]);
      expect(links(ben)).toEqual(links(ana));
    });
    await allSaved(ana, ben);
    ben.sync.disconnect();
    ben.sync.connect();
    await allSaved(ben);
  });

  it('[R38] that is new and empty is filled after one question by who may; who may not keeps what they have', async () => {
    const first = await team.start();
    const port = Number(new URL(first.url).port);
    const [operator, viewer] = [await team.key('operator'), await team.key('viewer')];
    const [ana, vera] = [
      await team.desk(first.url, operator),
      await team.desk(first.url, viewer, { role: 'viewer' }),
    ];
    await allSaved(ana, vera);
    must(await ana.replica.send(addStream('one')));
    must(await ana.replica.send(placeStream('a', 'one', 0, 0)));
    await allSaved(ana);
    await until(() => expect([links(vera), tiles(vera)]).toEqual([[linkOf('one')], ['a 0,0']]));
    ana.sync.disconnect();
    must(await ana.replica.send(titleStream('one', 'Made offline')));
    await first.stop();

    const { accounts } = team.store;
    team.store = { ...createTestStore('fedcba9876543210'), accounts };
    await team.start(port);
    await until(() => expect(questionOf(vera)).toBe('wait-for-others'));
    await vera.sync.answerStore('yes');
    await until(() => expect([lineOf(vera), vera.sync.state().serverLacks]).toEqual(['in-step', true]));
    expect([links(vera), tiles(vera)]).toEqual([[linkOf('one')], ['a 0,0']]);

    ana.sync.connect();
    await until(() => expect(questionOf(ana)).toBe('fill'));
    expect(await team.store.log.documents()).toEqual([]);
    await ana.sync.answerStore('yes');
    await allSaved(ana, vera);
    await until(() => expect(titleOf(vera, 'one')).toBe('Made offline'));
    expect(tiles(vera)).toEqual(['a 0,0']);
    const late = await team.desk(`http://127.0.0.1:${String(port)}`, viewer, { role: 'viewer' });
    await until(() => expect([links(late), tiles(late)]).toEqual([[linkOf('one')], ['a 0,0']]));
    const rows = await team.store.log.read('catalogue', 0, 99);
    expect(rows.map(({ carried }) => carried)).toEqual([true, false]);
    vera.sync.disconnect();
    vera.sync.connect();
    await until(() => expect([lineOf(vera), vera.sync.state().serverLacks]).toEqual(['in-step', false]));
  });

  it('[R37] of another team gets nothing from a copy that belongs to the first, and gives it nothing', async () => {
    const server = await team.start();
    const disk = createMemoryDisk();
    const before = await team.desk(server.url, await team.key('operator'), { disk });
    await allSaved(before);
    must(await before.replica.send(addStream('ours')));
    await allSaved(before);
    await before.quit();

    const others = createTestTeam('ffffffffffffffff');
    team.onEnd(others.end);
    const elsewhere = await others.start();
    const key = await others.key('operator');
    const theirs = await others.desk(elsewhere.url, key);
    await allSaved(theirs);
    must(await theirs.replica.send(addStream('theirs')));
    await allSaved(theirs);
    const ana = await others.desk(elsewhere.url, key, { disk });
    await until(() => expect(questionOf(ana)).toBe('merge'));
    must(await ana.replica.send(addStream('ours-too')));
    expect([links(ana), links(theirs)]).toEqual([[linkOf('ours'), linkOf('ours-too')], [linkOf('theirs')]]);
    expect(ana.sync.state().unsaved).toBe(1);
  });
});

describe('a server that is not well', () => {
  it('[R39] and that lost what a copy holds is brought it again by one that may', async () => {
    const first = await team.start();
    const port = Number(new URL(first.url).port);
    const token = await team.key('operator');
    const ana = await team.desk(first.url, token);
    await allSaved(ana);
    must(await ana.replica.send(addStream('one')));
    await allSaved(ana);
    await first.stop();
    // The same store, as it was before.
    const { accounts } = team.store;
    team.store = { ...createTestStore('0123456789abcdef'), accounts };
    must(await ana.replica.send(titleStream('one', 'Builds on what was lost')));
    await team.start(port);
    await allSaved(ana);
    const ben = await team.desk(first.url, token);
    await until(() => expect(titleOf(ben, 'one')).toBe('Builds on what was lost'));
  });

  it('[R40] costs the line and never the program, whatever it says', async () => {
    const frames: (string | Uint8Array)[] = [
      '',
      'hello',
      new Uint8Array(0),
      Uint8Array.of(100),
      Uint8Array.of(100, 99),
      Uint8Array.of(100, 0, 3, 123, 125, 0),
      Uint8Array.of(0, 2, 200, 1),
      Uint8Array.of(0, 1, 3, 255, 255, 255),
      Uint8Array.of(1, 3, 1, 2, 3),
      Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 255, 255),
    ];
    let connections = 0;
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    server.on('connection', (socket) => {
      socket.send(frames[connections % frames.length] ?? '');
      connections += 1;
      if (connections % 3 === 0) socket.close(4200, 'whatever');
    });
    team.onEnd(
      async () =>
        new Promise((resolve) => {
          for (const client of server.clients) client.terminate();
          server.close(resolve);
        }),
    );
    await vi.waitFor(() => expect(server.address()).not.toBeNull());
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const random = () => -0.99;
    const ana = await team.desk(`http://127.0.0.1:${String(port)}`, 'any', { random });
    must(await ana.replica.send(addStream('one')));
    await until(() => {
      ana.sync.connect();
      expect(connections).toBeGreaterThan(2 * frames.length);
    });
    expect([links(ana), ana.replica.sync.team()]).toEqual([[linkOf('one')], null]);
  });
});
