import { randomUUID } from 'node:crypto';
import type { Clock } from '#shared/kernel/clock.ts';
import type { AccountStores } from './accounts/account-stores.ts';
import type { NewAuditEntry } from './audit/audit-entry.ts';
import type { AuditStore } from './audit/audit-store.ts';
import { createPasswords } from './accounts/argon2-passwords.ts';
import { createInvitations } from './accounts/invitations.ts';
import { createMembers } from './accounts/members.ts';
import {
  done,
  refused,
  type ControlAnswer,
  type ControlCommand,
  type ControlParts,
} from './commands/command.ts';
import { runDocumentCommand } from './commands/document-commands.ts';
import { runInviteCommand } from './commands/invite-commands.ts';
import { runKeyCommand } from './commands/key-commands.ts';
import { runUserCommand } from './commands/user-commands.ts';
import type { UpdateLog } from './documents/update-log.ts';
import { createSqlProjectionStore } from './postgres/sql-projection-store.ts';
import type { Sql } from './postgres/sql.ts';
import { rebuildTables } from './projection/rebuild-tables.ts';

/** What commands need of a store that is open, in the command line itself or in the server that holds it. */
export function controlParts(
  stores: AccountStores,
  log: UpdateLog,
  audit: AuditStore,
  clock: Clock,
  sql?: Sql,
): ControlParts {
  const members = createMembers({ stores, passwords: createPasswords(), clock });
  const invitations = createInvitations({ stores, members, clock });
  const tables = sql && { tables: createSqlProjectionStore(sql) };
  return { stores, log, audit, clock, members, invitations, ...tables };
}

/** Does it, and leaves word in the audit if it changed something. @throws {LogUnavailable} */
export async function runControlCommand(
  command: ControlCommand,
  parts: ControlParts,
): Promise<ControlAnswer> {
  const answer = await perform(command, parts);
  if (answer.type === 'done' && !/^(?:list|export)-/.test(command.type))
    await parts.audit.append([entryOf(command, parts.clock.nowMs())], []);
  return answer;
}

/** Without what is secret in it, or long. */
function entryOf(command: ControlCommand, atMs: number): NewAuditEntry {
  const { type, ...what } = command;
  const secret = new Set(['password', 'base64']);
  const after: Readonly<Record<string, unknown>> = Object.fromEntries(
    Object.entries<unknown>(what).map(([name, value]) => [
      name,
      secret.has(name) && value !== undefined ? '…' : value,
    ]),
  );
  const name = ['email', 'id', 'document', 'label']
    .map((key) => after[key])
    .find((one) => one !== undefined && one !== '');
  return {
    ...{ atMs, actor: 'command-line', via: 'account', action: type, from: undefined },
    ...{ target: typeof name === 'string' ? name : type, before: null, after },
  };
}

async function perform(command: ControlCommand, parts: ControlParts): Promise<ControlAnswer> {
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
    case 'rotate-signing-key':
      await parts.stores.rotateSigningKey();
      return done(
        {},
        'Access tokens end within two seconds. Whoever is signed in gets another one without noticing.',
      );
    case 'export-document':
    case 'import-document':
    case 'list-documents':
      return runDocumentCommand(command, parts);
    case 'rebuild-projection':
      return rebuildProjection(parts);
  }
}

async function rebuildProjection({ log, tables, clock }: ControlParts): Promise<ControlAnswer> {
  if (tables === undefined) return refused('This store has no tables.');
  const { number, records } = await rebuildTables({ log, tables, clock, newBatchId: randomUUID });
  return done(
    { number, records },
    `The tables were written anew, as of the catalogue's update ${String(number)}; they show ${String(records)} records that are current.`,
  );
}
