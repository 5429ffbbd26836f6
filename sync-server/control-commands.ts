import type { Clock } from '#shared/kernel/clock.ts';
import type { AccountStores } from './accounts/account-stores.ts';
import { createPasswords } from './accounts/argon2-passwords.ts';
import { createInvitations } from './accounts/invitations.ts';
import { createMembers } from './accounts/members.ts';
import type { ControlAnswer, ControlCommand, ControlParts } from './commands/command.ts';
import { runDocumentCommand } from './commands/document-commands.ts';
import { runInviteCommand } from './commands/invite-commands.ts';
import { runKeyCommand } from './commands/key-commands.ts';
import { runUserCommand } from './commands/user-commands.ts';
import type { UpdateLog } from './documents/update-log.ts';

/** What commands need of a store that is open, in the command line itself or in the server that holds it. */
export function controlParts(stores: AccountStores, log: UpdateLog, clock: Clock): ControlParts {
  const members = createMembers({ stores, passwords: createPasswords(), clock });
  return { stores, log, clock, members, invitations: createInvitations({ stores, members, clock }) };
}

/** @throws {LogUnavailable} */
export async function runControlCommand(
  command: ControlCommand,
  parts: ControlParts,
): Promise<ControlAnswer> {
  switch (command.type) {
    case 'create-key':
    case 'rotate-key':
    case 'revoke-key':
    case 'list-keys':
      return runKeyCommand(command, parts);
    case 'add-user':
    case 'change-user':
    case 'remove-user':
    case 'list-users':
      return runUserCommand(command, parts);
    case 'create-invite':
    case 'revoke-invite':
    case 'list-invites':
      return runInviteCommand(command, parts);
    case 'export-document':
    case 'import-document':
    case 'list-documents':
      return runDocumentCommand(command, parts);
  }
}
