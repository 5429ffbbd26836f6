import { describe, expect, it } from 'vitest';
import { ActorId } from '#shared/model/ids.ts';
import type { PresenceEntry } from './presence-entries.ts';
import { RoomPresence, type PresenceLimits } from './room-presence.ts';

const limits: PresenceLimits = {
  maxStateBytes: 100,
  maxClientsPerPeer: 2,
  maxClients: 20,
  silentMs: 45_000,
  rememberLeftMs: 120_000,
};
const peer = (name: string) => ({ actor: ActorId.parse(`user:${name}`) });
const entry = (client: number, clock: number, state: unknown): PresenceEntry => ({
  client,
  clock,
  state: new TextEncoder().encode(JSON.stringify(state)),
});
const here = (presence: RoomPresence<ReturnType<typeof peer>>) =>
  presence
    .here()
    .map(({ client, state }) => [client, JSON.parse(new TextDecoder().decode(state)) as unknown]);

describe('who is in a room', () => {
  it('[S15] is said by their own connection alone; what others repeat of them changes nothing', () => {
    const presence = new RoomPresence<ReturnType<typeof peer>>(limits);
    const [ana, ben] = [peer('ana'), peer('ben')];
    expect(presence.announce(ana, [entry(1, 5, { name: 'Ana' })], 0)).toBe('changed');
    expect(presence.announce(ben, [entry(2, 0, {}), entry(1, 9, { name: 'forged' })], 0)).toBe('changed');
    expect(presence.announce(ben, [entry(1, 9, null)], 0)).toBe('nothing');
    expect(here(presence)).toEqual([
      [1, { name: 'Ana' }],
      [2, {}],
    ]);
  });

  it('[S15] never comes back by an echo, not even one of the same person’s other window', () => {
    const presence = new RoomPresence<ReturnType<typeof peer>>(limits);
    const [ana, alsoAna, ben] = [peer('ana'), peer('ana'), peer('ben')];
    presence.announce(ana, [entry(1, 5, {})], 0);
    presence.announce(alsoAna, [entry(2, 0, {})], 0);
    presence.announce(ben, [entry(3, 0, {})], 0);
    expect(presence.leave(ana, 0)).toBe(true);
    for (const other of [alsoAna, ben]) {
      expect(presence.announce(other, [entry(1, 5, {}), entry(1, 50, {})], 0)).toBe('nothing');
    }
    expect(here(presence).map(([client]) => client)).toEqual([2, 3]);
  });

  it('[S16] is told as gone under a later clock, and as back under one that is later still', () => {
    const presence = new RoomPresence<ReturnType<typeof peer>>(limits);
    const [before, after] = [peer('ana'), peer('ana')];
    presence.announce(before, [entry(1, 5, {})], 0);
    presence.takeChanges();
    presence.leave(before, 0);
    expect(presence.takeChanges().all).toEqual([entry(1, 6, null)]);
    presence.announce(after, [entry(1, 5, { back: true })], 0);
    const { all, withheld } = presence.takeChanges();
    expect(all).toEqual([entry(1, 7, { back: true })]);
    expect(withheld.get(after)).toEqual(new Set([1]));
    presence.leave(before, 0);
    expect(here(presence)).toEqual([[1, { back: true }]]);
  });

  it('[S16] leaves by saying so, under the clock it had', () => {
    const presence = new RoomPresence<ReturnType<typeof peer>>(limits);
    const ana = peer('ana');
    presence.announce(ana, [entry(1, 5, {})], 0);
    expect(presence.announce(ana, [entry(1, 5, null)], 0)).toBe('changed');
    expect(here(presence)).toEqual([]);
    expect(presence.announce(ana, [entry(1, 6, {})], 0)).toBe('changed');
  });

  it('[S16] moves from one instance to another and stays', () => {
    const presence = new RoomPresence<ReturnType<typeof peer>>(limits);
    const ana = peer('ana');
    presence.hear([{ ...entry(1, 5, {}), actor: ana.actor }], 0);
    expect(presence.announce(peer('mallory'), [entry(1, 9, { forged: true })], 0)).toBe('nothing');
    expect(presence.announce(ana, [entry(1, 5, { here: true })], 0)).toBe('changed');
    expect(presence.hear([{ ...entry(1, 6, null), actor: ana.actor }], 0)).toBe(false);
    expect(here(presence)).toEqual([[1, { here: true }]]);
  });

  it('[S16] of another instance is gone when nothing was heard for long', () => {
    const presence = new RoomPresence<ReturnType<typeof peer>>(limits);
    presence.hear([{ ...entry(1, 5, {}), actor: peer('ana').actor }], 0);
    expect(presence.sweep(40_000)).toBe(false);
    expect(presence.sweep(50_000)).toBe(true);
    expect(here(presence)).toEqual([]);
  });

  it('is bounded, in what one connection may announce and in what a state may hold', () => {
    const presence = new RoomPresence<ReturnType<typeof peer>>(limits);
    const ana = peer('ana');
    presence.announce(
      ana,
      Array.from({ length: 10 }, (_, i) => entry(i, 0, {})),
      0,
    );
    expect(here(presence)).toHaveLength(2);
    expect(presence.announce(peer('ben'), [entry(50, 0, { text: 'x'.repeat(200) })], 0)).toBe('too-large');
    const broken = { client: 60, clock: 0, state: new TextEncoder().encode('{') };
    expect(presence.announce(peer('cara'), [broken], 0)).toBe('malformed');
    expect(presence.announce(peer('dora'), [entry(61, 0, 7)], 0)).toBe('malformed');
  });
});
