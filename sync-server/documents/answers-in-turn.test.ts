import { expect, it } from 'vitest';
import {
  createTestLog,
  createTestPeer,
  edit,
  enter,
  openTestRoom,
  WALL,
  type TestPeer,
} from './test-room.ts';
import { LogUnavailable, type UpdateLog } from './update-log.ts';

/** A log that has what it is given at once, and on disk when it is let. */
function createLogWithDisk() {
  const { log } = createTestLog();
  const gates: { readonly open: () => void; readonly fail: () => void }[] = [];
  const slow: UpdateLog = {
    ...log,
    append: async (document, batch) => {
      const onDisk = new Promise<void>((resolve, reject) => {
        gates.push({ open: resolve, fail: () => reject(new LogUnavailable('the disk is broken')) });
      });
      onDisk.catch(() => undefined);
      return { ...(await log.append(document, batch)), onDisk };
    },
  };
  return { log: slow, gates };
}

const name = (peer: TestPeer): unknown => peer.doc.getMap('settings').get('name');

async function openWithTwo() {
  const { log, gates } = createLogWithDisk();
  const room = await openTestRoom(log);
  const [ana, ben] = [createTestPeer('ana', { writable: ['settings'] }), createTestPeer('ben')];
  enter(room, ana, ben);
  await room.settled();
  const write = (n: number, root = 'settings'): void =>
    edit(room, ana, n, (doc) => void doc.getMap(root).set('name', `night ${String(n)}`));
  return { log, gates, room, ana, ben, write };
}

it('[S8] others get an edit that is stored, and it is called saved when it is on disk', async () => {
  const { log, gates, room, ana, ben, write } = await openWithTwo();
  write(1);
  await expect.poll(() => name(ben)).toBe('night 1');
  expect([ana.answers, await log.last(WALL.name), room.isEmpty()]).toEqual([[], 1, false]);
  let isSettled = false;
  const settled = room.settled().then(() => (isSettled = true));
  write(2);
  await expect.poll(() => name(ben)).toBe('night 2');
  expect([ana.answers, isSettled]).toEqual([[], false]);
  gates[0]?.open();
  await expect.poll(() => ana.answers).toEqual(['saved 1']);
  gates[1]?.open();
  await settled;
  expect(ana.answers).toEqual(['saved 1', 'saved 2']);
});

it('[SD2] answers keep their turn when later edits are on disk first, or are not stored at all', async () => {
  const { gates, room, ana, ben, write } = await openWithTwo();
  write(1);
  await expect.poll(() => name(ben)).toBe('night 1');
  write(2);
  await expect.poll(() => gates.length).toBe(2);
  write(3, 'audio');
  gates[1]?.open();
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(ana.answers).toEqual([]);
  gates[0]?.open();
  await room.settled();
  expect(ana.answers).toEqual(['saved 1', 'saved 2', 'refused forbidden-root 3']);
});

it('[S34] a room whose edits do not come to the disk is given up, and calls none of them saved', async () => {
  const { gates, room, ana, ben, write } = await openWithTwo();
  write(1);
  await expect.poll(() => name(ben)).toBe('night 1');
  write(2);
  await expect.poll(() => gates.length).toBe(2);
  gates[0]?.fail();
  await expect.poll(() => [ana.isLost, ben.isLost]).toEqual([true, true]);
  gates[1]?.open();
  await room.settled();
  await new Promise(setImmediate);
  expect(ana.answers).toEqual([]);
});
