import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { doesServerLack } from './sync-lack.ts';
import { meetStore } from './sync-meet-store.ts';
import { retryDelayMs } from './sync-surroundings.ts';

const vector = (doc: Y.Doc): Uint8Array => Y.encodeStateVector(doc);

/** A document that was written to, and the updates that each writing made. */
function written(...keys: string[]): { doc: Y.Doc; updates: Uint8Array[] } {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  for (const key of keys) doc.getMap('settings').set(key, key);
  return { doc, updates };
}

describe('what a server lacks', () => {
  it('[R39] is nothing while own edits that are about to be sent are all that it does not have', () => {
    const { doc, updates } = written('a', 'b', 'c');
    const server = new Y.Doc();
    expect(doesServerLack(vector(doc), vector(server), updates)).toBe(false);
    Y.applyUpdate(server, updates[0]!);
    expect(doesServerLack(vector(doc), vector(server), updates.slice(1))).toBe(false);
    expect(doesServerLack(vector(doc), vector(doc), [])).toBe(false);
  });

  it('[R39] is what is neither there nor about to be sent', () => {
    const { doc, updates } = written('a', 'b', 'c');
    const server = new Y.Doc();
    expect(doesServerLack(vector(doc), vector(server), updates.slice(1))).toBe(true);
    expect(doesServerLack(vector(doc), vector(server), updates.slice(0, 2))).toBe(true);
    const own = [...updates];
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(written('d').doc));
    expect(doesServerLack(vector(doc), vector(server), own)).toBe(true);
  });

  it('[R40] is nothing when the server says something that cannot be read', () => {
    const { doc } = written('a');
    expect(doesServerLack(vector(doc), Uint8Array.of(255, 255, 255), [])).toBe(false);
  });
});

describe('a store', () => {
  const hello = (storeIsEmpty: boolean, mayCarry: boolean) => ({ storeId: 'other', storeIsEmpty, mayCarry });
  it.each([
    ['other', false, hello(false, true), { type: 'own' }],
    [null, true, hello(false, false), { type: 'join' }],
    [null, false, hello(true, true), { type: 'ask', kind: 'fill' }],
    [null, false, hello(false, true), { type: 'ask', kind: 'merge' }],
    ['mine', true, hello(true, false), { type: 'ask', kind: 'wait-for-others' }],
    ['mine', false, hello(false, false), { type: 'ask', kind: 'take-theirs' }],
    ['mine', true, hello(false, true), { type: 'ask', kind: 'merge' }],
  ] as const)('[R37] of a copy of %j that is empty: %j', (team, isEmpty, said, meeting) => {
    expect(meetStore(said, team, isEmpty)).toEqual(meeting);
  });
});

describe('the wait before the next try', () => {
  it('[R32] grows, is spread, and ends at a quarter of a minute', () => {
    const waits = [0, 1, 2, 3, 20].map((failures) => retryDelayMs(failures, 0));
    expect(waits).toEqual([150, 300, 600, 1_200, 7_500]);
    expect(retryDelayMs(20, 0.999)).toBeLessThanOrEqual(15_000);
  });
});
