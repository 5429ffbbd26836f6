import { expect, it } from 'vitest';
import { fail, ok, type Result } from '../kernel/result.ts';
import type { Command } from '../document/command.ts';
import { WallId } from '../model/ids.ts';
import type { Refusal } from '../protocol/refusal.ts';
import { redoRefused } from './redo-refused.ts';
import type { RefusedEdit } from './replica-store.ts';

const command: Command = { document: 'wall', wall: WallId.parse('w'), command: { type: 'mute-all' } };
const edit = (n: number, intent: unknown): RefusedEdit =>
  ({
    ...{ document: 'wall:w', n, reason: 'no', refusedAtMs: 1, command: intent },
    ...{ bytes: new Uint8Array(), carried: false },
  }) as unknown as RefusedEdit;

function desk(answer: Result<object, Refusal>) {
  const sent: Command[] = [];
  const dismissed: number[] = [];
  const edits = [edit(1, { type: 'command', command }), edit(2, { type: 'undo' }), edit(3, 'nonsense')];
  return {
    sent,
    dismissed,
    redo: async (n: number) =>
      redoRefused(
        {
          refused: async () => Promise.resolve(ok(edits)),
          send: async (one) => Promise.resolve((sent.push(one), answer)),
        },
        { document: 'wall:w', n },
        async (which) => Promise.resolve(void dismissed.push(which.n)),
      ),
  };
}

it('a refused edit is done again as a new one, and is then no longer refused', async () => {
  const { redo, sent, dismissed } = desk(ok({}));
  expect(await redo(1)).toEqual(ok({}));
  expect([sent, dismissed]).toEqual([[command], [1]]);
});

it('it stays while it cannot be done, with the reason', async () => {
  const refusal: Refusal = { reason: 'forbidden', message: 'Not you.', retryable: false };
  const { redo, dismissed } = desk(fail(refusal));
  expect(await redo(1)).toEqual(fail(refusal));
  expect(dismissed).toEqual([]);
});

it.each([2, 3, 4])('what is no command (%s) is not done again by itself, which is said', async (n) => {
  const { redo, sent, dismissed } = desk(ok({}));
  expect(await redo(n)).toMatchObject({ ok: false, error: { reason: 'not-found' } });
  expect([sent, dismissed]).toEqual([[], []]);
});
