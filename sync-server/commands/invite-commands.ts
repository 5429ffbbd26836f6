import type { Invite } from '../accounts/invite-store.ts';
import {
  done,
  isoTime,
  layTable,
  refused,
  type ControlAnswer,
  type ControlParts,
  type InviteCommand,
} from './command.ts';

/** @throws {LogUnavailable} */
export async function runInviteCommand(
  command: InviteCommand,
  { stores: { invites }, invitations, clock }: Pick<ControlParts, 'stores' | 'invitations' | 'clock'>,
): Promise<ControlAnswer> {
  switch (command.type) {
    case 'create-invite': {
      const { role, email, guestForMs, lastsMs } = command;
      if (role === 'service') return refused('Programs are not invited; they have keys.');
      if (guestForMs !== undefined && role === 'admin') return refused('A guest cannot be an admin.');
      const made = await invitations.make({ role, email, guestForMs, lastsMs, createdBy: 'command-line' });
      const { id, expiresAtMs } = made.invite;
      const until = isoTime(expiresAtMs) ?? '';
      const words = `This invitation, ${id}, is for one ${guestForMs === undefined ? role : `guest as ${role}`}, until ${until}. It is shown only now.`;
      return done({ id, token: made.token, role, expiresAt: until }, words);
    }
    case 'revoke-invite':
      return (await invites.revoke(command.id, clock.nowMs()))
        ? done({ id: command.id, existed: true }, 'Revoked. Nobody can use it any more.')
        : refused(`There is no invitation ${command.id} that is open.`);
    case 'list-invites': {
      const open = await invites.list(clock.nowMs());
      const words = open.length === 0 ? 'No invitation is open.' : tableOf(open);
      return done({ invites: open.map(describeInvite) }, words);
    }
  }
}

function describeInvite(invite: Invite): Record<string, unknown> {
  const { id, role, email, guestForMs, createdBy } = invite;
  return {
    ...{ id, role, email: email ?? null, guestForMs: guestForMs ?? null, createdBy },
    ...{ createdAt: isoTime(invite.createdAtMs), expiresAt: isoTime(invite.expiresAtMs) },
  };
}

function tableOf(invites: readonly Invite[]): string {
  return layTable(
    ['ID', 'ROLE', 'FOR', 'MADE BY', 'UNTIL'],
    invites.map((invite) => [
      ...[invite.id, invite.role, invite.email ?? (invite.guestForMs === undefined ? 'anybody' : 'a guest')],
      ...[invite.createdBy, isoTime(invite.expiresAtMs) ?? ''],
    ]),
  );
}
