import { describe, expect, it } from 'vitest';
import type { UnsavedEdit } from './replica-store.ts';
import { SyncOutbox } from './sync-outbox.ts';

const edits = (...numbers: number[]): UnsavedEdit[] =>
  numbers.map((n) => ({ n, bytes: Uint8Array.of(n), atMs: 0 }));

/** What is sent, as `number on the line: edit`. */
const sent = (outbox: SyncOutbox): string[] =>
  outbox
    .take()
    .map(({ n, parcel }) => `${String(n)}: ${parcel.type === 'own' ? String(parcel.edit) : 'carry'}`);

describe('what a copy has to send', () => {
  it('[R41] goes in its order, numbered by line, and is answered in its order', () => {
    const outbox = new SyncOutbox();
    outbox.begin(edits(7, 8));
    expect(sent(outbox)).toEqual(['1: 7', '2: 8']);
    outbox.add(edits(9));
    expect(sent(outbox)).toEqual(['3: 9']);
    expect(sent(outbox)).toEqual([]);
    expect(outbox.saved(2)).toEqual([7, 8]);
    expect(outbox.ownCount()).toBe(1);
    expect(outbox.saved(2)).toEqual([]);
    expect(outbox.refused(3)).toMatchObject({ type: 'own', edit: 9 });
    expect(outbox.ownCount()).toBe(0);
  });

  it('[R41] an answer to something that was never sent means nothing', () => {
    const outbox = new SyncOutbox();
    outbox.begin(edits(1, 2));
    sent(outbox);
    expect(outbox.refused(2)).toBeUndefined();
    expect(outbox.refused(9)).toBeUndefined();
    expect(outbox.ownCount()).toBe(2);
  });

  it('[R41] what was held, and all behind it, waits and goes again under the same number', () => {
    const outbox = new SyncOutbox();
    outbox.begin(edits(1, 2, 3));
    sent(outbox);
    expect(outbox.held(2)).toMatchObject({ edit: 2 });
    outbox.add(edits(4));
    expect(sent(outbox)).toEqual([]);
    expect(outbox.saved(1)).toEqual([1]);
    outbox.goOn();
    expect(sent(outbox)).toEqual(['2: 2', '3: 3', '4: 4']);
  });

  it('[R41] what others took the place of is answered all the same, and not sent again', () => {
    const outbox = new SyncOutbox();
    outbox.begin(edits(1, 2, 3));
    sent(outbox);
    expect(outbox.refused(1)).toMatchObject({ edit: 1 });
    outbox.replace(edits(4, 5));
    expect(outbox.ownCount()).toBe(2);
    expect(outbox.saved(2)).toEqual([2]);
    outbox.held(3);
    outbox.goOn();
    expect(sent(outbox)).toEqual(['3: 4', '4: 5']);
  });

  it('[R41] what others made goes first, and a new line begins with everything', () => {
    const outbox = new SyncOutbox();
    outbox.begin(edits(1, 2));
    outbox.carry(Uint8Array.of(0));
    expect(sent(outbox)).toEqual(['1: carry', '2: 1', '3: 2']);
    expect(outbox.saved(1)).toEqual([]);
    expect(outbox.hasCarry()).toBe(false);
    outbox.begin(edits(1, 2));
    expect(sent(outbox)).toEqual(['1: 1', '2: 2']);
  });

  it('no more is under way than the server should have to keep', () => {
    const outbox = new SyncOutbox();
    outbox.begin(edits(...Array.from({ length: 1_000 }, (_, i) => i)));
    const first = sent(outbox).length;
    expect(first).toBeLessThan(500);
    outbox.saved(10);
    expect(sent(outbox)).toHaveLength(10);
  });
});
