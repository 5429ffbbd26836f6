import { expect, it } from 'vitest';
import { ActorId } from '#shared/model/ids.ts';
import { createInMemoryQuotas } from './in-memory-quotas.ts';
import { createRequestMeter } from './request-meter.ts';

const [ana, ben] = ['user:ana', 'user:ben'].map((id) => ActorId.parse(id)) as [ActorId, ActorId];

function createMeters(usual: number) {
  const time = { nowMs: 1_000 };
  const clock = { nowMs: () => time.nowMs };
  let asked = 0;
  const counts = createInMemoryQuotas(clock);
  const quotas: typeof counts = {
    ...counts,
    take: async (...take) => {
      asked += 1;
      return counts.take(...take);
    },
  };
  const open = () => createRequestMeter(usual, quotas, clock);
  return { one: open(), two: open(), time, asked: () => asked };
}

const within = (waits: readonly number[]): number => waits.filter((ms) => ms === 0).length;

it('[AC18] lets through no more than there is room for, also when several instances are asked at once', async () => {
  const { one, two, time } = createMeters(30);
  const burst = async () =>
    Promise.all(Array.from({ length: 60 }, async (_, i) => (i % 2 === 0 ? one : two).take(ana)));
  const waits = await burst();
  expect(within(waits)).toBe(30);
  expect(Math.max(...waits)).toBe(60_000);
  expect(await two.take(ben)).toBe(0);
  time.nowMs += 60_000;
  expect(within(await burst())).toBe(30);
});

it('[AC18] asks for many at once where many are allowed, and keeps to the number of a key', async () => {
  const { one, two, asked } = createMeters(6_000);
  const waits = [];
  for (let i = 0; i < 6_100; i += 1) waits.push(await one.take(ana));
  expect(within(waits)).toBe(6_000);
  expect(asked()).toBe(101);
  expect(await two.take(ana)).toBe(60_000);
  expect([await one.take(ben, 1), await two.take(ben, 1)]).toEqual([0, 60_000]);
});

it('[AC18] does not ask again about who has to wait', async () => {
  const { one, asked, time } = createMeters(2);
  for (let i = 0; i < 50; i += 1) await one.take(ana);
  expect(asked()).toBe(3);
  time.nowMs += 20_000;
  expect(await one.take(ana)).toBe(40_000);
});
