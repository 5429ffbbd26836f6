import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '#shared/kernel/clock.ts';
import { WAITS_FOR_SHEET } from '#shared/model/waits-for-sheet.ts';
import { openAcceptedQueue, type AcceptedQueue } from './accepted-queue.ts';
import { quiet, say, startTestWorker } from './test-collector.ts';

let folder: string;
let open: AcceptedQueue[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'accepted-'));
});
afterEach(() => {
  for (const queue of open) queue.close();
  open = [];
  rmSync(folder, { recursive: true, force: true });
});

function openQueue(max?: number): AcceptedQueue {
  const queue = openAcceptedQueue(folder, { clock: systemClock, logger: quiet }, max);
  open.push(queue);
  return queue;
}

async function collect(copy: AcceptedQueue, ...texts: readonly string[]) {
  const worker = await startTestWorker({ copy });
  await worker.collector.receive(texts.map((text) => say(text)));
  await worker.collector.idle();
  await worker.collector.stop();
  await worker.replica.close();
}

const linksOf = (queue: AcceptedQueue) => queue.first(10).map(({ link }) => link);

describe('what bots hand to the sheet', () => {
  it('[I26] is on disk for another program, each stream once, in its order, until that is done with it', async () => {
    await collect(openQueue(), 'kick.com/bbb kick.com/aaa', 'kick.com/aaa');
    await collect(openQueue(), 'kick.com/aaa', 'kick.com/ccc');
    const other = openQueue();
    const [first, ...rest] = other.first(10);
    expect([first, ...rest].map((stream) => stream?.link)).toEqual(
      ['bbb', 'aaa', 'ccc'].map((name) => `https://kick.com/${name}`),
    );
    expect(first).toMatchObject({ source: 'bbb', postedBy: 'ann', platform: 'kick', status: 'unknown' });
    other.remove(first === undefined ? [] : [first.id]);
    expect(linksOf(openQueue())).toEqual(['https://kick.com/aaa', 'https://kick.com/ccc']);
  });

  it('[I26] waits from its first moment where the sheet comes first, and is called added; what waits for a yes waits for that alone', async () => {
    const moderated = { moderated: true, directMedia: false };
    const open = { moderated: false, directMedia: false };
    const { collector, replica, platform } = await startTestWorker({
      copy: openQueue(),
      waitsForSheet: true,
      ruleOf: (channel) => (channel === 'quiet' ? moderated : { ...open, tags: ['pdx'] }),
    });
    for (const [name, channel] of [
      ['aaa', 'street'],
      ['bbb', 'quiet'],
      ['aaa', 'street'],
    ] as const) {
      await collector.receive([say(`kick.com/${name}`, { channel })]);
      await collector.idle();
    }
    const shown = [...replica.catalogue().streams.values()].map(({ link, moderation, tags }) => ({
      ...{ link, moderation, tags },
    }));
    expect(shown).toEqual([
      { link: 'https://kick.com/aaa', moderation: 'waiting', tags: ['pdx', WAITS_FOR_SHEET] },
      { link: 'https://kick.com/bbb', moderation: 'waiting', tags: undefined },
    ]);
    expect(platform.answers.map(({ outcomes }) => outcomes)).toEqual([['added'], ['waiting'], ['known']]);
    expect(linksOf(openQueue())).toEqual(['https://kick.com/aaa']);
    await collector.stop();
    await replica.close();
  });

  it('[I26] is not without bound, and refused beyond it', async () => {
    const queue = openQueue(1);
    await collect(queue, 'kick.com/aaa');
    const { id, ...stream } = queue.first(1)[0]!;
    await expect(queue.append([{ id, ...stream }])).rejects.toThrow(/wait for the sheet/);
    expect(linksOf(queue)).toHaveLength(1);
  });

  it('[I26] is begun anew when its file is damaged, which is put aside', async () => {
    writeFileSync(join(folder, 'accepted.db'), 'no database '.repeat(500));
    await collect(openQueue(), 'kick.com/aaa');
    expect(linksOf(openQueue())).toHaveLength(1);
    expect(readdirSync(folder).some((name) => name.includes('.damaged-'))).toBe(true);
  });
});
