import type { Clock } from '#shared/kernel/clock.ts';
import type { ToldPresence } from './fan-out.ts';
import { readPresence, writePresence } from './presence-entries.ts';
import { tellAwareness } from './room-frames.ts';
import type { RoomPeer } from './room-peer.ts';
import { RoomPresence, type PresenceLimits } from './room-presence.ts';
import type { Timers } from './timers.ts';

/**
 * Changes are collected for half a millisecond a person, of this instance and others: 200 people who move all the time cost
 * ten rounds a second.
 */
const WINDOW_MS_PER_PERSON = 0.5;
const MAX_WINDOW_MS = 150;

/** Tells the members of a room about one another, the latest of each, in rounds. Whose connection ends is told at once. */
export class PresenceWindow {
  private readonly presence: RoomPresence<RoomPeer>;
  private readonly members = new Set<RoomPeer>();
  private isOpen = false;
  private readonly parts: PresenceParts;

  constructor(parts: PresenceParts) {
    this.parts = parts;
    this.presence = new RoomPresence(parts.limits);
  }

  join(peer: RoomPeer): void {
    this.members.add(peer);
    const here = this.presence.here();
    if (here.length > 0) peer.send([tellAwareness(writePresence(here))]);
  }

  leave(peer: RoomPeer): void {
    this.members.delete(peer);
    if (!this.presence.leave(peer, this.parts.clock.nowMs())) return;
    // Many may go at once.
    this.parts.timers.afterThisTurn(() => this.tell());
  }

  /** @param bytes an awareness update as y-protocols encodes it */
  announce(peer: RoomPeer, bytes: Uint8Array): 'ok' | 'malformed' | 'too-large' {
    const entries = readPresence(bytes);
    if (entries === undefined) return 'malformed';
    const outcome = this.presence.announce(peer, entries, this.parts.clock.nowMs());
    if (outcome === 'changed') this.open();
    return outcome === 'malformed' || outcome === 'too-large' ? outcome : 'ok';
  }

  hear(entries: readonly ToldPresence[]): void {
    if (this.presence.hear(entries, this.parts.clock.nowMs())) this.open();
  }

  /** To be called every few seconds. */
  tick(): void {
    if (this.presence.sweep(this.parts.clock.nowMs())) this.tell();
  }

  private open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    const people = Math.max(this.members.size, this.presence.size());
    const delayMs = Math.min(MAX_WINDOW_MS, people * WINDOW_MS_PER_PERSON);
    this.parts.timers.after(delayMs, () => {
      this.isOpen = false;
      this.tell();
    });
  }

  private tell(): void {
    const { all, ours, withheld } = this.presence.takeChanges();
    if (all.length === 0) return;
    const frames = [tellAwareness(writePresence(all))];
    for (const peer of this.members) {
      const without = withheld.get(peer);
      if (without === undefined) peer.send(frames);
      else peer.send([tellAwareness(writePresence(all.filter(({ client }) => !without.has(client))))]);
    }
    if (ours.length > 0) this.parts.publish(ours);
  }
}

type PresenceParts = {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly limits: PresenceLimits;
  /** For the other instances. */
  readonly publish: (entries: readonly ToldPresence[]) => void;
};
