import { expect, it } from 'vitest';
import { ActorId } from '#shared/model/ids.ts';
import { createMeter } from './actor-meters.ts';
import { createInMemoryQuotas } from './in-memory-quotas.ts';

const [ana, ben] = ['user:ana', 'user:ben'].map((id) => ActorId.parse(id)) as [ActorId, ActorId];

it('[AC18] counts by person over all instances, a second behind, and begins anew after a minute', async () => {
  let nowMs = 1_000;
  const clock = { nowMs: () => nowMs };
  const quotas = createInMemoryQuotas(clock);
  const [one, two] = [createMeter('requests', 4, quotas, clock), createMeter('requests', 4, quotas, clock)];
  expect([one.count(ana), one.count(ana), one.count(ana)]).toEqual([0, 0, 0]);
  await one.share();
  expect([two.count(ana), two.count(ana)]).toEqual([0, 0]);
  await two.share();
  expect(two.count(ana)).toBe(60_000);
  expect(two.count(ben)).toBe(0);
  nowMs += 61_000;
  await two.share();
  expect(two.count(ana)).toBe(0);
});

it('[AC18] knows at once when one instance alone saw too many, and a key can have a number of its own', () => {
  const clock = { nowMs: () => 0 };
  const meter = createMeter('requests', 2, createInMemoryQuotas(clock), clock);
  expect([meter.count(ana), meter.count(ana), meter.count(ana)]).toEqual([0, 0, 60_000]);
  expect([meter.count(ben, 1), meter.count(ben, 1)]).toEqual([0, 60_000]);
});
