import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { createMemoryDisk } from './in-memory-replica-store.ts';
import { addStream, must, openTestReplica } from './test-replica.ts';

const CATALOGUE = 'catalogue';
const NOTHING = Y.encodeStateVector(new Y.Doc());

it('[R39] what is brought back to a server can be taken at once: what builds on unsaved edits comes after them', async () => {
  const replica = await openTestReplica(createMemoryDisk());
  must(await replica.sync.joinTeam('store-1'));
  must(await replica.send(addStream('own')));
  const others = new Y.Doc();
  others.getMap('meta').set('from', 'others');
  must(await replica.sync.receive(CATALOGUE, [Y.encodeStateAsUpdate(others)]));
  // Others have heard the edit though its "saved" never came here, and go on from it.
  const [own] = must(await replica.sync.unsaved(CATALOGUE));
  Y.applyUpdate(others, own?.bytes ?? NOTHING);
  const before = Y.encodeStateVector(others);
  for (const generation of others.getMap('streams').values())
    for (const record of generation instanceof Y.Map ? generation.values() : [])
      if (record instanceof Y.Map) record.set('notes', 'built on it');
  others.getMap('streams').forEach((_, key) => others.getMap('streams').delete(key));
  must(await replica.sync.receive(CATALOGUE, [Y.encodeStateAsUpdate(others, before)]));

  const early = must(await replica.sync.encodeSaved(CATALOGUE, NOTHING));
  const server = new Y.Doc();
  Y.applyUpdate(server, early.bytes);
  expect(early.isWhole).toBe(false);
  expect(server.store.pendingStructs ?? server.store.pendingDs).toBeNull();
  expect(server.getMap('meta').get('from')).toBe('others');

  must(await replica.sync.markSaved(CATALOGUE, own?.n ?? 0));
  const late = must(await replica.sync.encodeSaved(CATALOGUE, NOTHING));
  Y.applyUpdate(server, late.bytes);
  expect(late.isWhole).toBe(true);
  expect(Y.encodeStateVector(server)).toEqual(Y.encodeStateVector(others));
});
