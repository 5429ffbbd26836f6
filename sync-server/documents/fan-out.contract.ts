import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ActorId, TileId } from '#shared/model/ids.ts';
import type { FanOut, News } from './fan-out.ts';

const actor = ActorId.parse('user:ana');
const bytes = Uint8Array.from({ length: 300 }, (_, i) => i % 256);
const news: readonly News[] = [
  { type: 'updates', from: 1_000_000, updates: [{ bytes, actor, carried: false }] },
  {
    type: 'unsaved',
    updates: [
      { bytes: new Uint8Array(0), actor, carried: true },
      { bytes, actor, carried: false },
    ],
  },
  { type: 'presence', entries: [{ client: 4_294_967_295, clock: 3, state: bytes, actor }] },
  { type: 'signal', signal: { id: 'a-1', signal: 'reload', tile: TileId.parse('tile') } },
  { type: 'signal-answer', answer: { id: 'a-1', outcome: 'done', picture: bytes } },
];

/** What every fan-out promises, whatever carries it. @param open makes the fan-out of one more instance */
export function describeFanOut(
  name: string,
  start: () => Promise<{ open: () => Promise<FanOut>; close: () => Promise<void> }>,
): void {
  describe(`fan-out: ${name}`, () => {
    let started: { open: () => Promise<FanOut>; close: () => Promise<void> };
    beforeEach(async () => {
      started = await start();
    });
    afterEach(() => started.close());

    it('[S24] carries all kinds of news to the other instances, in order, and not back', async () => {
      const [one, two] = [await started.open(), await started.open()];
      const heard: { one: News[]; two: News[]; other: News[] } = { one: [], two: [], other: [] };
      await one.subscribe('wall:a', (item) => heard.one.push(item));
      await two.subscribe('wall:a', (item) => heard.two.push(item));
      await two.subscribe('wall:b', (item) => heard.other.push(item));
      for (const item of news) one.publish('wall:a', item);
      await vi.waitFor(() => expect(heard.two).toEqual(news));
      expect(heard).toMatchObject({ one: [], other: [] });
      expect([one.state(), two.state()]).toEqual(['connected', 'connected']);
    });

    it('[S24] carries every update that is not stored, however large and however many, in their order', async () => {
      const [one, two] = [await started.open(), await started.open()];
      const heard: News[] = [];
      await two.subscribe('wall:a', (item) => heard.push(item));
      const sizes = [40, 3_000_000, ...Array.from({ length: 50 }, (_, i) => 50_000 + i), 7];
      const updates = sizes.map((size) => ({ bytes: new Uint8Array(size), actor, carried: false }));
      one.publish('wall:a', { type: 'unsaved', updates });
      const heardSizes = () =>
        heard.flatMap((item) =>
          item.type === 'unsaved' ? item.updates.map((each) => each.bytes.length) : [],
        );
      await vi.waitFor(() => expect(heardSizes()).toEqual(sizes), { timeout: 10_000 });
    });

    it('[S24] carries nothing more to who stopped to listen', async () => {
      const [one, two] = [await started.open(), await started.open()];
      const heard = { first: 0, second: 0 };
      const stop = await two.subscribe('wall:a', () => (heard.first += 1));
      await two.subscribe('wall:a', () => (heard.second += 1));
      for (const item of news) one.publish('wall:a', item);
      await vi.waitFor(() => expect(heard).toEqual({ first: news.length, second: news.length }));
      await stop();
      for (const item of news) one.publish('wall:a', item);
      await vi.waitFor(() => expect(heard).toEqual({ first: news.length, second: 2 * news.length }));
    });
  });
}
