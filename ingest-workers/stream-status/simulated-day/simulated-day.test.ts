import { describe, expect, it } from 'vitest';
import { playOriginal } from './original.ts';
import { playOurs } from './ours.ts';
import { playPlain } from './plain-poller.ts';
import { scoreDay } from './score.ts';
import { createWorld, isOriginals, isTelling } from './world.ts';

const DAMPING_MS = 75_000;

describe('a day of 600 streams', () => {
  it('[LS12] is shown sooner than a plain poller shows it, with fewer requests, and nothing live is called over for long', () => {
    const world = createWorld(600, 3);
    const changes = new Map<string, number>();
    const ours = playOurs(world, 4, ({ id, before, after }) => {
      if (before.belief !== after.belief) changes.set(id, (changes.get(id) ?? 0) + 1);
    });
    const plain = playPlain(world, 5);
    const original = playOriginal(world, 6);
    const total = (hosts: typeof ours.hosts) =>
      [...hosts.requests().values()].reduce((sum, count) => sum + count, 0);
    const score = scoreDay(world, ours.record, isTelling, DAMPING_MS);
    expect(score.transitions).toBeGreaterThan(500);
    expect(score.falseOffline).toBe(0);
    expect(score.detectionP95).toBeLessThan(
      scoreDay(world, plain.record, isTelling, DAMPING_MS).detectionP95,
    );
    expect(scoreDay(world, ours.record, isOriginals, DAMPING_MS).detectionP95).toBeLessThan(
      scoreDay(world, original.record, isOriginals, DAMPING_MS).detectionP95,
    );
    expect(total(ours.hosts)).toBeLessThan(total(plain.hosts));
    expect(Math.max(...changes.values())).toBeLessThan(100);
  });
});
