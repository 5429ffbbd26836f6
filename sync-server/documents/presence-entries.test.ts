import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { afterEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { isPresenceState, readPresence, writePresence } from './presence-entries.ts';

const opened: Awareness[] = [];
const create = (): Awareness => {
  const awareness = new Awareness(new Y.Doc());
  opened.push(awareness);
  return awareness;
};
afterEach(() => {
  for (const awareness of opened.splice(0)) awareness.destroy();
});

describe('presence on the wire', () => {
  it('is read as y-protocols writes it, and written as y-protocols reads it', () => {
    const [ana, ben] = [create(), create()];
    ana.setLocalState({ name: 'Ana 🦊', at: [1, 2] });
    const entries = readPresence(encodeAwarenessUpdate(ana, [ana.clientID]));
    expect(entries).toHaveLength(1);
    applyAwarenessUpdate(ben, writePresence(entries ?? []), 'test');
    expect(ben.getStates().get(ana.clientID)).toEqual({ name: 'Ana 🦊', at: [1, 2] });
  });

  it('is not read from bytes that are something else, or that go on afterwards', () => {
    const bytes = encodeAwarenessUpdate(create(), []);
    expect(readPresence(bytes)).toEqual([]);
    for (const wrong of [[], [1], [1, 1, 1, 9], [255, 255, 255, 255, 15], [...bytes, 0]]) {
      expect(readPresence(Uint8Array.from(wrong))).toBeUndefined();
    }
  });

  it.each([
    ['{"a":1}', true],
    ['null', true],
    ['7', false],
    ['{', false],
    ['', false],
  ])('a state is an object or null: %s', (text, isState) => {
    expect(isPresenceState(new TextEncoder().encode(text))).toBe(isState);
  });
});
