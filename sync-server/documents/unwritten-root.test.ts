import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { ActorId } from '#shared/model/ids.ts';
import { createInMemoryUpdateLog } from './in-memory-update-log.ts';
import { UnwrittenRoot } from './unwritten-root.ts';

/** A wall that is written to by way of the log. */
function openWall() {
  const log = createInMemoryUpdateLog('store');
  const root = new UnwrittenRoot('rules', log);
  const doc = new Y.Doc();
  let batches = 0;
  const write = async (change: (doc: Y.Doc) => void): Promise<void> => {
    const before = Y.encodeStateVector(doc);
    change(doc);
    const update = {
      bytes: Y.encodeStateAsUpdate(doc, before),
      actor: ActorId.parse('user:ana'),
      ...{ claims: [], carried: false },
    };
    await log.append('wall:w', { id: String(++batches), atMs: 1, updates: [update] });
  };
  const isUnwritten = async (): Promise<boolean> => (await root.among(await log.documents())).has('wall:w');
  return { log, root, doc, write, isUnwritten };
}

it('a root of a document counts as unwritten until the first update that writes to it', async () => {
  const { write, isUnwritten } = openWall();
  await write((doc) => doc.getMap('settings').set('name', 'one'));
  expect(await isUnwritten()).toBe(true);
  await write((doc) => doc.getMap('settings').set('name', 'two'));
  expect(await isUnwritten()).toBe(true);
  await write((doc) => doc.getMap('rules').set('1#a', new Y.Map()));
  expect(await isUnwritten()).toBe(false);
});

it('a root that was emptied again counts as written: what is written to it from then on need not name it', async () => {
  const { root, doc, write, isUnwritten } = openWall();
  await write((doc) => doc.getMap('rules').set('1#a', 'x'));
  await write((doc) => doc.getMap('rules').delete('1#a'));
  root.note('wall:w', 2, doc);
  await write((doc) => doc.getMap('settings').set('name', 'one'));
  expect(await isUnwritten()).toBe(false);
});

it('a document that was read goes on from there, though what was before is forgotten', async () => {
  const { log, root, doc, write, isUnwritten } = openWall();
  await write((doc) => doc.getMap('settings').set('name', 'rules'));
  expect(await isUnwritten()).toBe(false);
  root.note('wall:w', 1, doc);
  await log.writeSnapshot('wall:w', { upTo: 1, bytes: Y.encodeStateAsUpdateV2(doc) });
  await log.keepCheckpoint('wall:w', 1);
  await log.forget('wall:w', 1_000);
  await write((doc) => doc.getMap('settings').set('name', 'two'));
  expect(await isUnwritten()).toBe(true);
  const another = new UnwrittenRoot('rules', log);
  expect((await another.among(await log.documents())).size).toBe(0);
});
