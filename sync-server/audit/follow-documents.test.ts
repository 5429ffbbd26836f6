import { expect, it } from 'vitest';
import * as Y from 'yjs';
import { ActorId } from '#shared/model/ids.ts';
import { createInMemoryLeases } from '../documents/in-memory-leases.ts';
import { createInMemoryUpdateLog } from '../documents/in-memory-update-log.ts';
import { DocumentAudit } from './follow-documents.ts';
import { createInMemoryAuditStore } from './in-memory-audit-store.ts';

function openAudit() {
  let nowMs = 1_000_000;
  const clock = { nowMs: () => nowMs };
  const log = createInMemoryUpdateLog('store');
  const store = createInMemoryAuditStore();
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const documents = new DocumentAudit({
    ...{ log, audit: store, leases: createInMemoryLeases(clock), clock, logger, holder: 'one' },
    pause: async () => Promise.resolve(),
  });
  const doc = new Y.Doc();
  let edits = 0;
  return {
    edit: async () => {
      const before = Y.encodeStateVector(doc);
      doc.getMap('settings').set('name', String(++edits));
      const bytes = Y.encodeStateAsUpdate(doc, before);
      const update = { bytes, actor: ActorId.parse('user:ana'), claims: [], carried: false };
      await log.append('wall:w', { id: String(edits), atMs: nowMs, updates: [update] });
    },
    /** A round, a second later. @returns up to where the wall is in the audit */
    round: async () => {
      nowMs += 1_000;
      await documents.perform();
      return (await store.progress()).get('wall:w') ?? 0;
    },
  };
}

it('[AU2] a document is read once nobody has written to it for a round', async () => {
  const { edit, round } = openAudit();
  await edit();
  expect(await round()).toBe(0);
  await edit();
  expect(await round()).toBe(0);
  expect(await round()).toBe(2);
});

it('[AU2] a document to which somebody writes all the time is read all the same', async () => {
  const { edit, round } = openAudit();
  let read = 0;
  for (let second = 1; second <= 40; second++) {
    await edit();
    read = await round();
  }
  expect(read).toBeGreaterThan(15);
});
