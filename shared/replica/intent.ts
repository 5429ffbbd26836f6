import { z } from 'zod';
import { Command } from '../document/command.ts';
import type { Applied, Change, Op } from '../document/op.ts';
import { assertNever } from '../kernel/assert-never.ts';
import type { Json } from './replica-store.ts';

/** Why an edit was made; kept beside its bytes until the server has it, so that it can be made again and told to a person. */
export type Intent =
  | { readonly type: 'command'; readonly command: Command }
  | { readonly type: 'undo' | 'settle' | 'rescue' | 'retire' };

const Intent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('command'), command: Command }),
  z.strictObject({ type: z.enum(['undo', 'settle', 'rescue', 'retire']) }),
]);

/** Undefined for what this version does not know; the edit's writes still tell what it did. */
export function readIntent(stored: Json | undefined): Intent | undefined {
  const parsed = Intent.safeParse(stored);
  return parsed.success ? parsed.data : undefined;
}

/** What an edit did, as it was kept: checked when it was written, and by the store's checksum when it was read. */
export function readApplied(stored: Json | undefined): Applied | undefined {
  return typeof stored === 'object' && stored !== null && 'changes' in stored && 'known' in stored
    ? (stored as unknown as Applied)
    : undefined;
}

/** The steps that make an edit's changes once more, on a document that does not have them. */
export function repeatChanges(changes: readonly Change[]): readonly Op[] {
  return changes.map(repeatChange);
}

function repeatChange(change: Change): Op {
  switch (change.type) {
    case 'created': {
      const { root, id, record } = change;
      return { type: 'restore-record', root, id, record, reborn: true };
    }
    case 'removed':
      return { type: 'remove-record', root: change.root, id: change.id };
    case 'field': {
      const { root, id, field, after } = change;
      if (after === null) return { type: 'clear-field', root, id, field };
      return { type: 'set-field', root, id, field, value: after.value };
    }
    case 'key': {
      const { root, key, after } = change;
      return after === null
        ? { type: 'delete-key', root, key }
        : { type: 'set-key', root, key, value: after };
    }
    default:
      return assertNever(change);
  }
}
