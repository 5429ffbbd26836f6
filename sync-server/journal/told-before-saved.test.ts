import { cpSync, mkdtempSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createInMemoryUpdateLog } from '../documents/in-memory-update-log.ts';
import { LogUnavailable, type UpdateLog } from '../documents/update-log.ts';
import { systemDisk, type JournalDisk } from './journal-disk.ts';
import { openJournaledLog } from './journaled-update-log.ts';
import { ana, batch, journalParts, LATER, STORE, targetOf } from './test-journal.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'streamwall-told-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A disk whose flushes wait until they are let through, and that keeps nothing else of a file when the power goes. */
function createSlowDisk() {
  const gates: { readonly open: () => void; readonly fail: () => void }[] = [];
  const kept = new Map<number, Buffer>();
  let isWaiting = false;
  const disk: JournalDisk = {
    write: systemDisk.write,
    flush: async (descriptor) => {
      // What is written while it is flushed may get there, or not.
      const bytes = Buffer.alloc(LATER.preparedBytes);
      readSync(descriptor, bytes, 0, bytes.length, 0);
      if (isWaiting)
        await new Promise<void>((resolve, reject) =>
          gates.push({ open: resolve, fail: () => reject(new Error('the disk is broken')) }),
        );
      kept.set(descriptor, bytes);
    },
  };
  return {
    disk,
    gates,
    wait: () => void (isWaiting = true),
    /** Nothing waits from here on. */
    free: (): void => {
      isWaiting = false;
      for (const { open } of gates) open();
    },
    /** The journal as it is found when the power is back. */
    afterPowerCut: (): string => {
      const copy = mkdtempSync(join(folder, 'cut-'));
      [...kept.values()].forEach((bytes, i) => writeFileSync(join(copy, `journal.${String(i + 1)}`), bytes));
      return copy;
    },
  };
}

async function openSlow() {
  const slow = createSlowDisk();
  const broken: unknown[] = [];
  const behind = createInMemoryUpdateLog(STORE);
  const parts = journalParts(LATER, slow.disk, (error) => broken.push(error));
  const at = join(folder, 'journal');
  const journaled = await openJournaledLog(at, behind, targetOf(behind, { is: false }), parts);
  slow.wait();
  const close = async (): Promise<void> => {
    slow.free();
    await journaled.close();
  };
  return { ...slow, ...journaled, close, behind, broken };
}

async function numbersIn(journal: string): Promise<readonly number[]> {
  const behind = createInMemoryUpdateLog(STORE);
  const again = await openJournaledLog(journal, behind, targetOf(behind, { is: false }), journalParts(LATER));
  const rows = await again.log.read('wall:a', 0, 100);
  await again.close();
  return rows.map(({ number }) => number);
}

/** Whether something is over by now. */
async function isOver(work: Promise<unknown> | undefined): Promise<boolean> {
  const notYet = new Promise<boolean>((resolve) => setImmediate(() => resolve(false)));
  return Promise.race([(work ?? Promise.resolve()).then(() => true), notYet]);
}

const stored = async (log: UpdateLog, count = 1) => log.append('wall:a', batch(count, ana));

it('[SJ1] what is answered survives a killed server before it is on disk, and is not called saved before', async () => {
  const { log, gates, afterPowerCut, close } = await openSlow();
  const { onDisk, appended } = await stored(log, 2);
  expect(appended).toEqual([{ number: 1 }, { number: 2 }]);
  await expect.poll(() => gates.length).toBe(1);
  expect(await isOver(onDisk)).toBe(false);
  // A killed process takes nothing from the system that it has written.
  const killed = mkdtempSync(join(folder, 'killed-'));
  cpSync(join(folder, 'journal'), killed, { recursive: true });
  expect(await numbersIn(killed)).toEqual([1, 2]);
  expect(await numbersIn(afterPowerCut())).toEqual([]);
  gates[0]?.open();
  await onDisk;
  expect(await numbersIn(afterPowerCut())).toEqual([1, 2]);
  await close();
});

it('[SJ1] what is written while the disk is busy is answered at once, and shares the next flush', async () => {
  const { log, gates, afterPowerCut, close } = await openSlow();
  const first = await stored(log);
  await expect.poll(() => gates.length).toBe(1);
  const others = await Promise.all([stored(log), stored(log), stored(log)]);
  gates[0]?.open();
  await first.onDisk;
  expect(await Promise.all(others.map(async ({ onDisk }) => isOver(onDisk)))).toEqual([false, false, false]);
  expect(await numbersIn(afterPowerCut())).toEqual([1]);
  await expect.poll(() => gates.length).toBe(2);
  gates[1]?.open();
  await Promise.all(others.map(async ({ onDisk }) => onDisk));
  expect(await numbersIn(afterPowerCut())).toEqual([1, 2, 3, 4]);
  expect(gates.length).toBe(2);
  await close();
});

it('[SJ1] whoever reads the log waits until what was answered before is on disk', async () => {
  const { log, gates, flushed, behind, close } = await openSlow();
  const { onDisk } = await stored(log);
  const reading = [log.read('wall:a', 0, 10), log.last('wall:a'), log.documents(), flushed('wall:a', 1)];
  const following = log.appendAfter('wall:a', 1, batch(1, ana));
  await expect.poll(() => gates.length).toBe(1);
  expect(await Promise.all(reading.map(isOver))).toEqual([false, false, false, false]);
  expect([await isOver(following), await behind.last('wall:a')]).toEqual([false, 0]);
  gates[0]?.open();
  await onDisk;
  await expect.poll(() => gates.length).toBe(2);
  gates[1]?.open();
  expect(await following).toEqual({ before: 1, appended: [{ number: 2 }] });
  expect(await log.last('wall:a')).toBe(2);
  await close();
  await Promise.all(reading);
});

it('[SJ6] a flush that fails calls nothing saved, stores nothing more and says so once', async () => {
  const { log, gates, broken, behind, close } = await openSlow();
  const first = await stored(log);
  await expect.poll(() => gates.length).toBe(1);
  const second = await stored(log);
  gates[0]?.fail();
  await expect(first.onDisk).rejects.toBeInstanceOf(LogUnavailable);
  await expect(second.onDisk).rejects.toBeInstanceOf(LogUnavailable);
  await expect(stored(log)).rejects.toBeInstanceOf(LogUnavailable);
  await expect(log.read('wall:a', 0, 10)).rejects.toBeInstanceOf(LogUnavailable);
  expect(broken).toHaveLength(1);
  await close();
  expect(await behind.last('wall:a')).toBe(0);
});

it('[SJ6] a disk that is far behind is waited for before more is told', async () => {
  const { log, gates, close } = await openSlow();
  const bytes = new Uint8Array(9 * 1_048_576);
  const updates = [{ bytes, actor: ana, claims: [], carried: false }];
  await log.append('wall:a', { id: 'long', atMs: 1, updates });
  const next = stored(log);
  await expect.poll(() => gates.length).toBe(1);
  expect(await isOver(next)).toBe(false);
  gates[0]?.open();
  const { onDisk } = await next;
  await expect.poll(() => gates.length).toBe(2);
  gates[1]?.open();
  await onDisk;
  await close();
});
