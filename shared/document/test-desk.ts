import * as Y from 'yjs';
import { createStampClock } from '../kernel/stamp.ts';
import { ActorId, ReplicaId } from '../model/ids.ts';
import type { Applied, DocumentName, Op, WriteContext } from './op.ts';
import { readRecord } from './record-root.ts';
import type { RecordRoot } from './limits.ts';
import type { StoredRecord } from './stored-value.ts';
import { writeOps } from './write-ops.ts';

/** For tests: a desk with one document of its own and a clock that the test turns. */
export type TestDesk = {
  readonly doc: Y.Doc;
  readonly context: () => WriteContext;
  readonly write: (...ops: Op[]) => Applied;
  readonly record: (root: RecordRoot, id: string) => StoredRecord | undefined;
  /** A record's values without their stamps. */
  readonly values: (root: RecordRoot, id: string) => Readonly<Record<string, unknown>> | undefined;
};

export type TestTime = { nowMs: number };

export const TEST_NOW = Date.UTC(2026, 5, 1, 12);

/** `name` is one letter or digit; desks of different names are different replicas and Yjs clients. */
export function createTestDesk(
  name: string,
  time: TestTime = { nowMs: TEST_NOW },
  document: DocumentName = 'catalogue',
): TestDesk {
  const doc = new Y.Doc();
  doc.clientID = name.charCodeAt(0);
  const replica = ReplicaId.parse(name.repeat(8));
  const actor = ActorId.parse(`user:${name}`);
  const stamps = createStampClock({ nowMs: () => time.nowMs }, replica);
  const context = () => ({ actor, stamps, replica, nowMs: time.nowMs });
  const record = (root: RecordRoot, id: string) => readRecord(doc.getMap(root), id);
  return {
    doc,
    context,
    record,
    write: (...ops) => writeOps({ doc, document }, ops, context(), { type: 'command', actor }),
    values(root, id) {
      const found = record(root, id);
      if (found === undefined) return undefined;
      return Object.fromEntries(Object.entries(found.fields).map(([name, field]) => [name, field.value]));
    },
  };
}

/** Every desk gets everything that any of them has. */
export function meet(...desks: readonly { readonly doc: Y.Doc }[]): void {
  const updates = desks.map((desk) => Y.encodeStateAsUpdate(desk.doc));
  for (const desk of desks) for (const update of updates) Y.applyUpdate(desk.doc, update, { type: 'sync' });
}
