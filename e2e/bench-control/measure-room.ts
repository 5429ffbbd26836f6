import type { Page } from '@playwright/test';
import type { RemoteDesk } from '../harness/remote-desk.ts';

/** Each measures one thing of a room that shows a long list, and leaves the room as it was. Milliseconds unless named otherwise. */

const SEARCH = 'input[data-focus="search"]';

const sorted = (values: readonly number[]): number[] => values.toSorted((a, b) => a - b);
/** The least value that so large a share of all does not exceed: of twenty, 0.95 is the slowest but one. */
const at = (values: readonly number[], share: number): number =>
  Math.round((sorted(values)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? 0) * 10) / 10;

/** From the start of loading the page again until rows stand in the list and the search takes keys. */
export async function measureInteractive(page: Page): Promise<number> {
  await page.addInitScript(() => {
    const look = (): void => {
      const ready =
        document.querySelector('[data-stream]') !== null &&
        document.querySelector('input[data-focus="search"]') !== null;
      if (ready) document.documentElement.dataset['readyMs'] = String(performance.now());
      else requestAnimationFrame(look);
    };
    look();
  });
  await page.reload();
  await page.waitForFunction(() => document.documentElement.dataset['readyMs'] !== undefined);
  return Math.round(await page.evaluate(() => Number(document.documentElement.dataset['readyMs'])));
}

/** From a change of the search until its result is painted: the slowest of twenty but one. */
export async function measureSearch(page: Page): Promise<number> {
  const times = await page.evaluate(async (selector) => {
    const field = document.querySelector<HTMLInputElement>(selector);
    if (field === null) throw new Error('no search');
    // As a key does: the page hears of a value that it has not set itself.
    const property = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
    const painted = async (): Promise<void> =>
      new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const taken: number[] = [];
    for (const text of [
      'reno',
      'camera 99',
      'sao',
      'team 7 lyon',
      'live osaka',
      'krakow 12',
      'zzz',
      'street',
      '4',
      'c',
    ]) {
      for (const value of [text, '']) {
        await painted();
        const from = performance.now();
        property?.set?.call(field, value);
        field.dispatchEvent(new Event('input', { bubbles: true }));
        await painted();
        taken.push(performance.now() - from);
      }
    }
    return taken;
  }, SEARCH);
  return at(times, 0.95);
}

/** Frames a second while the whole list runs by. */
export async function measureScroll(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const list = document.getElementById('stream-list');
    if (list === null) throw new Error('no list');
    const span = 3000;
    const from = performance.now();
    let frames = 0;
    await new Promise<void>((done) => {
      const step = (): void => {
        frames++;
        list.scrollTop = ((performance.now() - from) / span) * list.scrollHeight;
        if (performance.now() - from < span) requestAnimationFrame(step);
        else done();
      };
      requestAnimationFrame(step);
    });
    list.scrollTop = 0;
    // Till the first rows stand in the page again, for what is measured next.
    await new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));
    return Math.round((frames / span) * 1000);
  });
}

async function firstStream(page: Page): Promise<string> {
  const id = await page.locator('[data-stream]').first().getAttribute('data-stream');
  if (id === null) throw new Error('no row');
  return id;
}

/** From somebody else's edit until it is painted here, over the server: the middle of fifteen. */
export async function measureRemoteEdit(page: Page, remote: RemoteDesk): Promise<number> {
  const id = await firstStream(page);
  const times: number[] = [];
  for (let round = 0; round < 15; round++) {
    const label = `Remote edit ${String(round)}`;
    const seen = page.evaluate(
      async ([stream, text]) =>
        new Promise<number>((done) => {
          const look = (): void => {
            const row = document.querySelector(`[data-stream="${stream ?? ''}"]`);
            if (row?.textContent.includes(text ?? '') === true) setTimeout(() => done(Date.now()));
            else requestAnimationFrame(look);
          };
          look();
        }),
      [id, label],
    );
    const from = Date.now();
    await remote.relabel(id, label);
    times.push((await seen) - from);
  }
  return at(times, 0.5);
}

/** Edits by somebody else at an even pace until stopped. */
function editSteadily(remote: RemoteDesk, ids: readonly string[], perSecond: number): () => Promise<number> {
  let count = 0;
  const timer = setInterval(() => {
    const id = ids[count % ids.length];
    count++;
    if (id !== undefined) void remote.relabel(id, `Busy ${String(count)}`);
  }, 1000 / perSecond);
  return async () => {
    clearInterval(timer);
    await remote.settled();
    return count;
  };
}

async function someIds(remote: RemoteDesk, count: number): Promise<readonly string[]> {
  return Promise.resolve(
    Array.from(remote.replica.catalogue().streams.values(), ({ id }) => id).slice(0, count),
  );
}

/** From a key to the frame that shows it, while a hundred edits a second come in: the slowest but one in twenty. */
export async function measureInputUnderLoad(page: Page, remote: RemoteDesk): Promise<number> {
  const stop = editSteadily(remote, await someIds(remote, 500), 100);
  await page.evaluate(() => {
    const taken: number[] = [];
    Object.assign(window, { keyTimes: taken });
    window.addEventListener(
      'keydown',
      (event) =>
        requestAnimationFrame(() => setTimeout(() => taken.push(performance.now() - event.timeStamp))),
      { capture: true },
    );
  });
  await page.locator(SEARCH).focus();
  for (const key of 'camera street reno osaka camera')
    await page.keyboard.press(key === ' ' ? 'Space' : key, { delay: 20 });
  const typed = await page.locator(SEARCH).inputValue();
  if (typed !== 'camera street reno osaka camera') throw new Error(`keys were dropped: “${typed}”`);
  const times = await page.evaluate(() => (window as unknown as { keyTimes: number[] }).keyTimes);
  await stop();
  await page.locator(SEARCH).fill('');
  return at(times, 0.95);
}

/** What an hour of work leaves behind in memory, in MB: 1,800 edits by others, as one every two seconds. */
export async function measureHeap(page: Page, remote: RemoteDesk): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const used = async (): Promise<number> => {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return usedSize / 1_048_576;
  };
  const stop = editSteadily(remote, await someIds(remote, 500), 100);
  await page.waitForTimeout(2_000);
  const before = await used();
  await page.waitForTimeout(18_000);
  await stop();
  await page.waitForTimeout(1_000);
  return Math.round(((await used()) - before) * 10) / 10;
}
