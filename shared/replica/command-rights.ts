import type { Command } from '../document/command.ts';
import type { Role } from '../model/role.ts';
import type { Refusal } from '../protocol/refusal.ts';

/** What a monitor may say to a wall: more safety, and less again. */
const SAFETY_COMMANDS: ReadonlySet<Command['command']['type']> = new Set(['blur', 'blur-all', 'censor']);

/**
 * Why a role may not send a command, if it may not. The server has the last word, and knows of keys that allow more or
 * less; this spares a person an edit that would only be refused later.
 */
export function refuseByRole(role: Role, { document, command }: Command): Refusal | undefined {
  if (isAllowed(role, document, command.type)) return undefined;
  return {
    reason: 'forbidden',
    message: `A ${role} may not do that. Ask an admin or operator.`,
    retryable: false,
  };
}

function isAllowed(role: Role, document: Command['document'], type: Command['command']['type']): boolean {
  if (role === 'admin' || role === 'operator') return true;
  if (role === 'monitor') return SAFETY_COMMANDS.has(type);
  if (role !== 'service') return false;
  // What is heard, too, where its key says so: viewers may vote.
  return document === 'catalogue' ? !type.endsWith('-wall') : type === 'listen';
}
