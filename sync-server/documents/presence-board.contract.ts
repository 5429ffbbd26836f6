import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ActorId } from '#shared/model/ids.ts';
import type { ToldPresence } from './fan-out.ts';
import { PRESENCE_TTL_MS, type PresenceBoard } from './presence-board.ts';

const entry = (client: number, clock: number, state: string): ToldPresence => ({
  client,
  clock,
  state: new TextEncoder().encode(state),
  actor: ActorId.parse('user:ana'),
});

/** What every presence board promises, whatever keeps it. @param open a board on which time passes as `clock` says */
export function describePresenceBoard(
  name: string,
  open: (clock: { nowMs: () => number }) => Promise<{ board: PresenceBoard; close: () => Promise<void> }>,
): void {
  describe(`presence board: ${name}`, () => {
    let nowMs = 1_790_000_000_000;
    let opened: { board: PresenceBoard; close: () => Promise<void> };
    beforeEach(async () => {
      opened = await open({ nowMs: () => nowMs });
    });
    afterEach(() => opened.close());

    const listed = async (document: string) =>
      [...(await opened.board.list(document))].toSorted((a, b) => a.client - b.client);

    it('[S23] lists the latest of everybody, document by document, until they leave', async () => {
      const { board } = opened;
      board.put('wall:a', [entry(1, 1, '{"a":1}'), entry(2, 7, '{}')]);
      board.put('wall:b', [entry(3, 1, '{}')]);
      board.put('wall:a', [entry(1, 2, '{"a":"ä"}')]);
      await vi.waitFor(async () =>
        expect(await listed('wall:a')).toEqual([entry(1, 2, '{"a":"ä"}'), entry(2, 7, '{}')]),
      );
      board.put('wall:a', [entry(2, 8, 'null')]);
      await vi.waitFor(async () => expect(await listed('wall:a')).toEqual([entry(1, 2, '{"a":"ä"}')]));
      expect(await listed('wall:none')).toEqual([]);
    });

    it('[S23] forgets who is not put again within the time to live', async () => {
      const { board } = opened;
      board.put('wall:c', [entry(1, 1, '{}'), entry(2, 1, '{}')]);
      await vi.waitFor(async () => expect(await listed('wall:c')).toHaveLength(2));
      nowMs += PRESENCE_TTL_MS - 1_000;
      board.put('wall:c', [entry(2, 2, '{}')]);
      await vi.waitFor(async () => expect((await listed('wall:c'))[1]?.clock).toBe(2));
      nowMs += 2_000;
      expect(await listed('wall:c')).toEqual([entry(2, 2, '{}')]);
    });
  });
}
