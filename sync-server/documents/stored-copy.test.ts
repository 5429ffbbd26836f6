import { describe, expect, it } from 'vitest';
import type * as Y from 'yjs';
import { systemClock } from '#shared/kernel/clock.ts';
import { ActorId } from '#shared/model/ids.ts';
import { createInMemoryUpdateLog } from './in-memory-update-log.ts';
import { loadRoomDocument } from './room-document.ts';
import { openStoredCopy } from './stored-copy.ts';
import { WALL } from './test-room.ts';

let batches = 0;
const actor = ActorId.parse('rule:test');
const open = async (log: ReturnType<typeof createInMemoryUpdateLog>) =>
  openStoredCopy({ served: WALL, log, clock: systemClock, actor, newBatchId: () => `b${String(++batches)}` });
const put = (key: string) => (doc: Y.Doc) => void doc.getMap('settings').set(key, 1);

describe('the server’s own copy of a document', () => {
  it('[S27] what is written into it is stored, and follows what others stored', async () => {
    const log = createInMemoryUpdateLog('0123456789abcdef');
    const [one, two] = [await open(log), await open(log)];
    expect(await one.write(put('a'))).toMatchObject({ type: 'stored', from: 1 });
    await two.follow();
    expect(await two.write(put('b'))).toMatchObject({ type: 'stored', from: 2 });
    expect(await two.write(put('c'))).toMatchObject({ type: 'stored', from: 3 });
    expect(await two.write(() => undefined)).toEqual({ type: 'nothing' });
    await one.follow();
    expect(one.doc.getMap('settings').toJSON()).toEqual({ a: 1, b: 1, c: 1 });
    const rows = await log.read(WALL.name, 0, 10);
    expect(rows.map((row) => row.actor)).toEqual([actor, actor, actor]);
    expect((await loadRoomDocument(WALL, log)).doc.getMap('settings').size).toBe(3);
  });

  it('takes in at once, as one change, however much was stored meanwhile, and says what it was', async () => {
    const log = createInMemoryUpdateLog('0123456789abcdef');
    const [one, two] = [await open(log), await open(log)];
    for (const key of ['a', 'b', 'c', 'd']) await one.write(put(key));
    let changes = 0;
    two.doc.on('update', () => (changes += 1));
    const followed = await two.followWatching(undefined);
    expect(followed.map(({ written }) => written)).toEqual([[], [], [], []]);
    expect([changes, two.doc.getMap('settings').size, two.known()]).toEqual([1, 4, 4]);
  });

  it('[S27] what was overtaken is not stored, and the copy is not used again', async () => {
    const log = createInMemoryUpdateLog('0123456789abcdef');
    const [one, two] = [await open(log), await open(log)];
    await one.write(put('a'));
    expect(await two.write(put('b'))).toEqual({ type: 'overtaken' });
    await expect(two.write(put('c'))).rejects.toThrow();
    expect(await log.last(WALL.name)).toBe(1);
  });
});
