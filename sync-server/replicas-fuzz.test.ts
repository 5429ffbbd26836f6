import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocket as NodeWebSocket } from 'ws';
import { openCatalogue } from '#shared/document/project-catalogue.ts';
import { openWall } from '#shared/document/project-wall.ts';
import type { CatalogueView, WallView } from '#shared/document/view.ts';
import { createMemoryDisk } from '#shared/replica/in-memory-replica-store.ts';
import type { SocketOpener } from '#shared/replica/sync-surroundings.ts';
import {
  addStream,
  linkOf,
  moveTile,
  must,
  placeStream,
  removeTile,
  titleStream,
  WALL,
} from '#shared/replica/test-replica.ts';
import { makeKey, type StoredKey } from './accounts/service-key.ts';
import type { SyncServer } from './create-sync-server.ts';
import { readDocumentName } from './documents/document-name.ts';
import { loadRoomDocument } from './documents/room-document.ts';
import { LogUnavailable } from './documents/update-log.ts';
import { createTestTeam, DOCUMENTS, type TestDesk, type TestTeam } from './test-team.ts';

let ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.toReversed()) await end();
  ends = [];
});

/** The same numbers for the same seed. */
function createDice(seed: number): (sides: number) => number {
  let state = seed || 1;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

type Person = {
  readonly name: string;
  readonly disk: ReturnType<typeof createMemoryDisk>;
  readonly key: { stored: StoredKey; key: string };
  readonly sockets: Set<NodeWebSocket>;
  /** Links that it added, and was told were on its disk. */
  readonly added: Set<string>;
  desk: TestDesk;
};

/** Sockets that the test can cut, as a network does. */
const cuttable =
  (sockets: Set<NodeWebSocket>): SocketOpener =>
  (pass) => {
    const token = 'token' in pass ? pass.token : '';
    class CuttableSocket extends NodeWebSocket {
      constructor(address: string | URL) {
        super(address, { headers: { authorization: `Bearer ${token}` }, perMessageDeflate: false });
        sockets.add(this);
        this.once('close', () => sockets.delete(this));
      }
    }
    return { webSocket: CuttableSocket as unknown as typeof WebSocket, query: {} };
  };

class Story {
  readonly people: Person[] = [];
  private readonly servers: { port: number; server: SyncServer | undefined }[] = [];
  private readonly away = { is: false };
  private readonly next: (sides: number) => number;
  private readonly team: TestTeam;
  private count = 0;
  private readonly undone = new Set<string>();
  /** What happened, so that a run which tests nothing is noticed. */
  readonly seen = { refused: 0, stored: 0 };

  constructor(seed: number) {
    this.next = createDice(seed);
    this.team = createTestTeam();
    const { log } = this.team.store;
    const guard = (): void => {
      if (this.away.is) throw new LogUnavailable('away');
    };
    this.team.store = {
      ...this.team.store,
      log: {
        ...log,
        append: async (document, batch) => {
          guard();
          return log.append(document, batch);
        },
        read: async (document, after, limit) => {
          guard();
          return log.read(document, after, limit);
        },
      },
    };
    ends.push(this.team.end);
  }

  async begin(): Promise<void> {
    for (let i = 0; i < 2; i++) {
      const server = await this.team.start();
      this.servers.push({ port: Number(new URL(server.url).port), server });
    }
    for (const name of ['ana', 'ben', 'mona']) {
      const key = makeKey({ role: 'operator', grants: [], label: name }, 0);
      await this.team.store.accounts.keys.add(key.stored);
      const sockets = new Set<NodeWebSocket>();
      const disk = createMemoryDisk();
      const desk = await this.openDesk(key.key, disk, sockets);
      this.people.push({ name, disk, key, sockets, added: new Set(), desk });
    }
    await this.settle();
  }

  private async openDesk(key: string, disk: Person['disk'], sockets: Person['sockets']): Promise<TestDesk> {
    const { port } = this.servers[this.next(this.servers.length)]!;
    const openSocket = cuttable(sockets);
    const random = () => -0.9;
    return this.team.desk(`http://127.0.0.1:${String(port)}`, key, { disk, openSocket, random });
  }

  async step(): Promise<void> {
    const person = this.people[this.next(this.people.length)]!;
    const { desk } = person;
    const die = this.next(100);
    if (die < 70) await this.edit(person);
    else if (die < 75) desk.sync.disconnect();
    else if (die < 83) desk.sync.connect();
    else if (die < 88) for (const socket of person.sockets) socket.terminate();
    else if (die < 91) await this.restart(person);
    else if (die < 94) await this.turnServer();
    else if (die < 97) await this.setRole(this.people[2]!, this.next(2) === 0 ? 'monitor' : 'operator');
    else this.away.is = this.next(2) === 0;
    // Now and then the others get as far as they get.
    for (let turns = this.next(4) === 0 ? this.next(400) : 0; turns > 0; turns--)
      await new Promise(setImmediate);
  }

  private async edit(person: Person): Promise<void> {
    const { replica } = person.desk;
    const pick = (): string => String(this.next(Math.max(1, this.count)));
    const stream = `s${pick()}`;
    const tile = `t${pick()}`;
    const die = this.next(7);
    if (die < 2) {
      const name = this.next(5) === 0 ? stream : `s${String(this.count++)}`;
      const done = await replica.send(addStream(name));
      if (done.ok) person.added.add(linkOf(name));
    } else if (die === 2)
      await replica.send(titleStream(stream, `${person.name} ${String(this.next(1_000))}`));
    else if (die === 3) await replica.send(placeStream(tile, stream, this.next(3), this.next(3)));
    else if (die === 4) await replica.send(moveTile(tile, this.next(3), this.next(3)));
    else if (die === 5) await replica.send(removeTile(tile));
    else {
      const before = linksOf(replica.catalogue());
      await replica.undo();
      const after = linksOf(replica.catalogue());
      for (const link of before) if (!after.has(link)) this.undone.add(link);
    }
  }

  private async restart(person: Person): Promise<void> {
    await person.desk.quit();
    person.desk = await this.openDesk(person.key.key, person.disk, person.sockets);
  }

  private async turnServer(): Promise<void> {
    const slot = this.servers[this.next(this.servers.length)]!;
    if (slot.server === undefined) slot.server = await this.team.start(slot.port);
    else if (!this.away.is) {
      const { server } = slot;
      slot.server = undefined;
      await server.stop();
    }
  }

  private async setRole({ key }: Person, role: StoredKey['role']): Promise<void> {
    await this.team.store.accounts.keys.add({ ...key.stored, role });
  }

  /** Everything works again, and comes to rest. */
  async settle(): Promise<void> {
    this.away.is = false;
    for (const slot of this.servers) slot.server ??= await this.team.start(slot.port);
    await this.setRole(this.people[2]!, 'operator');
    for (const { desk } of this.people) desk.sync.connect();
    await vi.waitFor(
      async () => {
        for (const { name, desk } of this.people) {
          const { line, unsaved, serverLacks } = desk.sync.state();
          expect([name, line.type, unsaved, serverLacks]).toEqual([name, 'in-step', 0, false]);
        }
        const { catalogue, wall } = await this.stored();
        for (const { desk } of this.people) {
          expect(streamsIn(desk.replica.catalogue())).toEqual(streamsIn(catalogue));
          expect(tilesIn(desk.replica.wall(WALL)!)).toEqual(tilesIn(wall));
        }
      },
      { timeout: 20_000, interval: 50 },
    );
  }

  private async stored(): Promise<{ catalogue: CatalogueView; wall: WallView }> {
    const [catalogue, wall] = await Promise.all(
      DOCUMENTS.map(async (name) => loadRoomDocument(readDocumentName(name)!, this.team.store.log)),
    );
    return { catalogue: openCatalogue(catalogue!.doc).view(), wall: openWall(wall!.doc, WALL).view() };
  }

  /** What anybody added is there, unless it was refused or undone; nothing waits for what never comes. */
  async check(): Promise<void> {
    const { catalogue } = await this.stored();
    const there = linksOf(catalogue);
    for (const { desk, added } of this.people) {
      for (const name of DOCUMENTS)
        expect(desk.replica.state(name)).toEqual({ waiting: false, unreadable: 0 });
      const refused = must(await desk.replica.refused());
      const kept = JSON.stringify(refused.map(({ command }) => command));
      for (const link of added) {
        if (!there.has(link) && !this.undone.has(link) && !kept.includes(`"${link}"`))
          expect.fail(`${link} is lost`);
      }
      this.seen.refused += refused.length;
    }
    this.seen.stored = await this.team.store.log.last('catalogue');
  }
}

const linksOf = ({ streams }: CatalogueView): ReadonlySet<string> =>
  new Set([...streams.values()].map(({ link }) => link));
const streamsIn = ({ streams }: CatalogueView) =>
  [...streams.values()].map(({ id, title, code }) => `${id} ${title ?? ''} ${code}`).sort();
const tilesIn = ({ tiles, bench }: WallView) =>
  [...tiles, ...bench].map(({ id, place, stream }) => `${id} ${stream} ${JSON.stringify(place)}`).sort();

describe('desks, servers, networks and rights that come and go', () => {
  const seed = Number(process.env['STREAMWALL_SEED'] ?? Date.now()) >>> 0;
  const isLong = process.env['STREAMWALL_LONG'] === '1';
  const runs = isLong ? 40 : 3;
  it.each(Array.from({ length: runs }, (_, i) => seed + i))(
    '[R31] end equal to the server, with nothing unsaved (seed %i)',
    async (own) => {
      const story = new Story(own);
      await story.begin();
      for (let i = 0; i < 150; i++) await story.step();
      await story.settle();
      await story.check();
      expect(story.seen.stored).toBeGreaterThan(10);
    },
    60_000,
  );
});
