import { settleAccounts } from '../apply-catalogue-command.ts';
import { joinArchived } from '../archived-stream.ts';
import { Command } from '../command.ts';
import {
  planRetirement,
  type RetiredRecord,
  type Retirement,
  retireGenerations,
  tidyCopies,
} from '../retire.ts';
import { retireRules } from '../retire-rules.ts';
import { FuzzNetwork } from './fuzz-network.ts';
import { FuzzReplica, type FuzzTime } from './fuzz-replica.ts';
import { randomCommand } from './random-command.ts';
import { createRandom, type Random } from './random.ts';

/** A made-up story of a team: who did what, who was away when, what got lost on the way. */
export type History = {
  readonly network: FuzzNetwork;
  readonly time: FuzzTime;
  readonly archive: Map<string, RetiredRecord>;
  /** What of the archive has been given to streams that are there again. */
  readonly givenBack: Set<RetiredRecord>;
  /** What happened, in words, for the one who reads a failure. */
  readonly story: string[];
};

const START_MS = Date.UTC(2026, 5, 1, 12);
const DAY_MS = 86_400_000;
/** Removals are remembered for 30 days; no history is longer. */
const MAX_DAYS = 25;

/** Plays the history of a seed: 2 to 8 replicas, 15 to 60 steps, and everybody together again in the end. */
export function runHistory(seed: number): History {
  const random = createRandom(seed);
  const time = { nowMs: START_MS };
  const clients = Array.from({ length: random.whole(1, 7) }, (_, i) => createClient(i + 1, time, random));
  const server = new FuzzReplica(0, 'service:server', time, 0);
  const network = new FuzzNetwork(server, clients, random);
  const history: History = { network, time, archive: new Map(), givenBack: new Set(), story: [] };
  beginTogether(history, random);
  let pending: Retirement | undefined;
  for (let step = random.whole(15, 60); step > 0; step--) {
    time.nowMs += random.whole(0, 5_000);
    pending = takeStep(history, random, pending);
    server.saved(Infinity);
  }
  network.heal();
  while (giveBackPasts(history) > 0) network.heal();
  return history;
}

/** The archive's owner notices that a stream is there again, and gives it all that the archive has of it. */
function giveBackPasts({ network: { server }, archive, givenBack }: History): number {
  let count = 0;
  for (const retired of archive.values()) {
    const { root, id, record } = retired;
    if (root !== 'streams' || server.catalogue.stored('streams', id) === undefined || givenBack.has(retired))
      continue;
    const command = Command.parse({ document: 'catalogue', command: { type: 'restore-stream', id, record } });
    if (server.do(command).ok) count++;
    givenBack.add(retired);
  }
  return count;
}

function createClient(index: number, time: FuzzTime, random: Random): FuzzReplica {
  const skewMs = random.chance(0.7) ? random.whole(-2000, 2000) : random.whole(-600_000, 600_000);
  const actor = random.chance(0.25) ? `service:bot${index}` : `user:${index}`;
  return new FuzzReplica(index, actor, time, skewMs);
}

/** A team that has worked together for a while: the histories that matter begin with something that all of them know. */
function beginTogether({ network, archive, time }: History, random: Random): void {
  for (let count = random.whole(0, 8); count > 0; count--) {
    time.nowMs += random.whole(0, 5_000);
    const replica = random.pick(network.clients);
    replica.do(randomCommand(replica, archive, random));
  }
  network.heal();
  if (random.chance(0.5)) passDays(time, random);
}

type Step = (client: FuzzReplica) => string;

function takeStep(history: History, random: Random, pending: Retirement | undefined): Retirement | undefined {
  const { network, archive, story, time } = history;
  const client = random.pick(network.clients);
  const command: Step = (replica) => {
    const wanted = randomCommand(replica, archive, random);
    const result = replica.do(wanted);
    return `${JSON.stringify(wanted)} ${result.ok ? '' : `REFUSED ${result.error.reason}`}`;
  };
  const steps: readonly (readonly [number, Step])[] = [
    [40, command],
    [6, (replica) => (replica.undo(), 'undo')],
    [3, (replica) => (replica.redo(), 'redo')],
    [8, (replica) => `to server ${network.deliverToServer(replica)}`],
    [8, (replica) => `from server ${network.deliverToClient(replica)}`],
    [5, (replica) => `to and from server ${exchange(network, replica)}`],
    [5, (replica) => (network.disconnect(replica), 'goes offline')],
    [5, (replica) => (network.connect(replica), 'comes online')],
    [2, (replica) => (network.disconnect(replica), replica.restart(), 'restarts')],
    [1, (replica) => (network.carry(replica, random.pick(network.clients)), 'carries its copy to another')],
    [2, () => (network.server.tidyUp(), 'server settles')],
    [2, () => `server gives ${giveBackPasts(history)} their past`],
    [2, () => `server settles accounts ${settleOnServer(network)}`],
    [
      1,
      () =>
        `server tidies ${tidyCopies(network.server.docs.catalogue, network.server.catalogue, network.server.context())}`,
    ],
    [3, () => passDays(time, random)],
  ];
  const [, step] = pickWeighted(steps, random);
  story.push(`${client.index}: ${step(client)}`);
  return random.chance(0.12) ? retireOnServer(history, random, pending) : pending;
}

/** @returns how many accounts it took from streamers that are shown without them */
function settleOnServer({ server }: FuzzNetwork): number {
  return settleAccounts(server.docs.catalogue, server.catalogue, server.context())?.changes.length ?? 0;
}

function exchange(network: FuzzNetwork, replica: FuzzReplica): number {
  let count = 0;
  while (network.deliverToServer(replica)) count++;
  while (network.deliverToClient(replica)) count++;
  return count;
}

function passDays(time: FuzzTime, random: Random): string {
  const left = START_MS + MAX_DAYS * DAY_MS - time.nowMs;
  const days = Math.min(random.whole(1, 12), Math.floor(left / DAY_MS));
  time.nowMs += days * DAY_MS;
  return `${days} days pass`;
}

/** First planned and archived, then, after other things have happened, done. */
function retireOnServer(
  { network: { server }, archive, givenBack, story }: History,
  random: Random,
  pending: Retirement | undefined,
): Retirement | undefined {
  const planned =
    pending ?? planRetirement(server.docs.catalogue, server.catalogue, retireRules(server.context().nowMs));
  if (pending === undefined)
    for (const retired of planned.archived) {
      const key = archiveKey(retired);
      const past = archive.get(key)?.record;
      const record = past === undefined ? retired.record : joinArchived(past, retired.record);
      archive.set(key, { ...retired, record });
    }
  if (pending === undefined && random.chance(0.5)) return planned;
  const carried = retireGenerations(server.docs.catalogue, server.catalogue, planned, server.context());
  for (const retired of planned.archived) {
    const kept = archive.get(archiveKey(retired));
    if (kept !== undefined) givenBack.delete(kept);
  }
  story.push(`server retires ${planned.archived.length}, carries ${carried}`);
  return undefined;
}

const archiveKey = ({ root, id }: RetiredRecord): string => `${root} ${id}`;

function pickWeighted<T extends readonly [number, unknown]>(options: readonly T[], random: Random): T {
  const total = options.reduce((sum, [weight]) => sum + weight, 0);
  let left = random.next() * total;
  return options.find(([weight]) => (left -= weight) < 0) ?? random.pick(options);
}
