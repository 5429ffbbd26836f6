import type { ActorId } from '#shared/model/ids.ts';
import type { ToldPresence } from './fan-out.ts';
import { GONE, isGone, isPresenceState, type PresenceEntry } from './presence-entries.ts';

/**
 * Who is in a room. An awareness client id belongs to the connection that announced it first; what others say of it is
 * their echo (unmodified clients repeat everything they hear). Whoever left stays left: an echo that is still on its way
 * does not bring them back.
 *
 *     unknown ──announce──▶ here ──leave, null or silence──▶ left ──same person, new connection──▶ here
 */
export class RoomPresence<Peer extends { readonly actor: ActorId }> {
  private readonly clients = new Map<number, Client<Peer>>();
  /** How many client ids each connection has announced. */
  private readonly announced = new Map<Peer, number>();
  private changed = new Set<number>();
  private readonly limits: PresenceLimits;

  constructor(limits: PresenceLimits) {
    this.limits = limits;
  }

  /** Takes what a connection says. */
  announce(peer: Peer, entries: readonly PresenceEntry[], nowMs: number): Announced {
    let outcome: Announced = 'nothing';
    for (const entry of entries) {
      if (!this.mayAnnounce(peer, entry)) continue;
      if (entry.state.length > this.limits.maxStateBytes) return 'too-large';
      if (!isPresenceState(entry.state)) return 'malformed';
      this.claim(peer, entry.client);
      this.put(entry, { type: 'local', peer, actor: peer.actor }, nowMs);
      outcome = 'changed';
    }
    return outcome;
  }

  /** Takes what another instance tells of its connections. @returns whether anything is new */
  hear(entries: readonly ToldPresence[], nowMs: number): boolean {
    let isNew = false;
    for (const entry of entries) {
      const client = this.clients.get(entry.client);
      if (client === undefined && (isGone(entry.state) || this.clients.size >= this.limits.maxClients))
        continue;
      if (client?.from.type === 'remote' && entry.clock <= client.heardClock) continue;
      if (client?.from.type === 'local' && (!isGone(client.state) || isGone(entry.state))) continue;
      this.put(entry, { type: 'remote', actor: entry.actor }, nowMs);
      isNew = true;
    }
    return isNew;
  }

  /** @returns whether anybody is gone with the connection */
  leave(peer: Peer, nowMs: number): boolean {
    const isIn = this.announced.delete(peer);
    return isIn && this.putGone((from) => from.type === 'local' && from.peer === peer, nowMs);
  }

  /** Takes out whom another instance told of and has not told of for long, and forgets who left long ago. */
  sweep(nowMs: number): boolean {
    for (const [id, { state, atMs }] of this.clients) {
      if (isGone(state) && nowMs - atMs > this.limits.rememberLeftMs) this.clients.delete(id);
    }
    return this.putGone((from, atMs) => from.type === 'remote' && nowMs - atMs > this.limits.silentMs, nowMs);
  }

  /** How many are here or have left a short while ago. */
  size(): number {
    return this.clients.size;
  }

  /** Everybody who is here, for one who joins. */
  here(): readonly PresenceEntry[] {
    return [...this.clients].filter(([, { state }]) => !isGone(state)).map(told);
  }

  /** What changed since this was last asked. */
  takeChanges(): PresenceChanges<Peer> {
    const all: PresenceEntry[] = [];
    const ours: ToldPresence[] = [];
    const withheld = new Map<Peer, Set<number>>();
    for (const id of this.changed) {
      const client = this.clients.get(id);
      if (client === undefined) continue;
      const entry = told([id, client]);
      all.push(entry);
      if (client.from.type === 'remote') continue;
      ours.push({ ...entry, actor: client.from.actor });
      if (client.toldClock === client.heardClock) continue;
      withheld.set(client.from.peer, (withheld.get(client.from.peer) ?? new Set()).add(id));
    }
    this.changed = new Set();
    return { all, ours, withheld };
  }

  private mayAnnounce(peer: Peer, entry: PresenceEntry): boolean {
    const client = this.clients.get(entry.client);
    const count = this.announced.get(peer) ?? 0;
    if (client === undefined) {
      if (isGone(entry.state) || this.clients.size >= this.limits.maxClients) return false;
      return count < this.limits.maxClientsPerPeer;
    }
    if (client.from.type === 'local' && client.from.peer === peer) {
      return entry.clock > client.heardClock || (entry.clock === client.heardClock && isGone(entry.state));
    }
    // Somebody who comes back on a new connection begins with this; whoever is here already only repeats what they heard.
    return !isGone(entry.state) && client.from.actor === peer.actor && count === 0;
  }

  private claim(peer: Peer, id: number): void {
    const client = this.clients.get(id);
    if (client?.from.type === 'local' && client.from.peer === peer) return;
    this.announced.set(peer, (this.announced.get(peer) ?? 0) + 1);
  }

  private putGone(isMeant: (from: Client<Peer>['from'], atMs: number) => boolean, nowMs: number): boolean {
    let isAny = false;
    for (const [id, { from, state, heardClock, atMs }] of this.clients) {
      if (isGone(state) || !isMeant(from, atMs)) continue;
      this.put({ client: id, clock: heardClock + 1, state: GONE }, from, nowMs);
      isAny = true;
    }
    return isAny;
  }

  private put(entry: PresenceEntry, from: Client<Peer>['from'], nowMs: number): void {
    // Clients begin at 0 and take no notice of another that does, so that the first that is told is 1.
    const toldClock = Math.max(entry.clock, (this.clients.get(entry.client)?.toldClock ?? 0) + 1);
    this.clients.set(entry.client, {
      from,
      // Its own copy: what was received is a view of everything that came with it.
      state: entry.state.slice(),
      heardClock: entry.clock,
      toldClock,
      atMs: nowMs,
    });
    this.changed.add(entry.client);
  }
}

export type PresenceLimits = {
  readonly maxStateBytes: number;
  /** Client ids that one connection may announce; an unmodified client announces one. */
  readonly maxClientsPerPeer: number;
  readonly maxClients: number;
  /** After this long without a word, whom another instance told of counts as gone. Clients repeat themselves every 15 s. */
  readonly silentMs: number;
  readonly rememberLeftMs: number;
};

export type Announced = 'nothing' | 'changed' | 'malformed' | 'too-large';

export type PresenceChanges<Peer> = {
  readonly all: readonly PresenceEntry[];
  /** Those of this instance's own connections, for the other instances. */
  readonly ours: readonly ToldPresence[];
  /** Client ids that their own connection must not be told: under a later clock it would take its old state for news. */
  readonly withheld: ReadonlyMap<Peer, ReadonlySet<number>>;
};

type Client<Peer> = {
  readonly from:
    | { readonly type: 'local'; readonly peer: Peer; readonly actor: ActorId }
    | { readonly type: 'remote'; readonly actor: ActorId };
  readonly state: Uint8Array;
  /** The clock that it gave itself, and the one it is told under: later than all that were told before. */
  readonly heardClock: number;
  readonly toldClock: number;
  readonly atMs: number;
};

const told = <Peer>([client, { toldClock, state }]: readonly [number, Client<Peer>]): PresenceEntry => ({
  client,
  clock: toldClock,
  state,
});
