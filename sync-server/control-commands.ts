import { z } from 'zod';
import { Role } from '#shared/model/role.ts';
import { Grant } from './accounts/access.ts';
import type { KeyStore } from './accounts/key-store.ts';
import { makeKey } from './accounts/service-key.ts';

/** What the command line asks of a store, or of the server that holds it. */
export const ControlCommand = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('create-key'),
    role: Role,
    grants: z.array(Grant).max(8),
    label: z.string().max(200),
  }),
  z.object({ type: z.literal('revoke-key'), id: z.string().max(40) }),
]);
export type ControlCommand = z.infer<typeof ControlCommand>;

export const ControlAnswer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('key-created'), id: z.string(), key: z.string() }),
  z.object({ type: z.literal('key-revoked'), existed: z.boolean() }),
]);
export type ControlAnswer = z.infer<typeof ControlAnswer>;

/** @throws {LogUnavailable} */
export async function runControlCommand(
  command: ControlCommand,
  keys: KeyStore,
  nowMs: number,
): Promise<ControlAnswer> {
  switch (command.type) {
    case 'create-key': {
      const { stored, key } = makeKey(command, nowMs);
      await keys.add(stored);
      return { type: 'key-created', id: stored.id, key };
    }
    case 'revoke-key':
      return { type: 'key-revoked', existed: await keys.revoke(command.id, nowMs) };
  }
}
