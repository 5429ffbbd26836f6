import { describePasswordProblem } from '../accounts/password-rules.ts';
import type { MemberRefusal } from '../accounts/members.ts';
import type { ChangeRefusal } from '../accounts/user-store.ts';
import type { StoredUser } from '../accounts/user.ts';
import {
  done,
  isoTime,
  layTable,
  refused,
  type ControlAnswer,
  type ControlParts,
  type UserCommand,
} from './command.ts';

type Parts = Pick<ControlParts, 'stores' | 'members' | 'clock'>;

/** @throws {LogUnavailable} */
export async function runUserCommand(command: UserCommand, parts: Parts): Promise<ControlAnswer> {
  const { stores, members, clock } = parts;
  switch (command.type) {
    case 'add-user': {
      const name = command.name ?? command.email.split('@')[0] ?? command.email;
      const added = await members.add({ ...command, name });
      if (!added.ok) return refuse(added.error, command.email);
      return done(describeUser(added.value), `${command.email} can sign in now, as ${command.role}.`);
    }
    case 'list-users': {
      const users = await stores.users.list();
      const words =
        users.length === 0 ? 'There is nobody. `user add` makes the first person.' : tableOf(users);
      return done({ users: users.map(describeUser) }, words);
    }
    case 'change-user':
    case 'remove-user': {
      const user = await stores.users.find({ email: command.email });
      if (user === undefined) return refused(`There is nobody with the address ${command.email}.`);
      if (command.type === 'change-user') return change(command, user, parts);
      const removed = await stores.users.remove(user.id, clock.nowMs());
      if (!removed.ok) return refuse({ reason: removed.error }, command.email);
      return done(
        { id: user.id, existed: true },
        `${command.email} cannot sign in any more. What they wrote stays.`,
      );
    }
  }
}

async function change(
  command: UserCommand & { readonly type: 'change-user' },
  user: StoredUser,
  { members, clock }: Parts,
): Promise<ControlAnswer> {
  const { email, role, password, isDisabled, dropsSecondFactor } = command;
  const changed = await members.change(user, {
    ...{ role, password },
    disabledAtMs: isDisabled === undefined ? undefined : isDisabled ? clock.nowMs() : null,
    totpSecret: dropsSecondFactor === true ? null : undefined,
  });
  if (!changed.ok) return refuse(changed.error, email);
  const { value } = changed;
  const state =
    value.disabledAtMs === undefined ? `may sign in, as ${value.role}` : 'cannot sign in any more';
  return done(describeUser(value), `${email} ${state}. Open connections follow within two seconds.`);
}

function refuse(refusal: MemberRefusal | { readonly reason: ChangeRefusal }, email: string): ControlAnswer {
  switch (refusal.reason) {
    case 'email-taken':
      return refused(`There is somebody with the address ${email} already.`);
    case 'weak-password':
      return refused(`This password ${describePasswordProblem(refusal.problem)}.`);
    case 'last-admin':
      return refused(`${email} is the last admin who can sign in. Make somebody else an admin first.`);
    case 'not-found':
      return refused(`There is nobody with the address ${email}.`);
  }
}

function describeUser(user: StoredUser): Record<string, unknown> {
  const { id, number, name, role } = user;
  return {
    ...{ id, number, email: user.email ?? null, name, role },
    secondFactor: user.totpSecret !== undefined,
    createdAt: isoTime(user.createdAtMs),
    disabledAt: isoTime(user.disabledAtMs) ?? null,
    expiresAt: isoTime(user.expiresAtMs) ?? null,
  };
}

function tableOf(users: readonly StoredUser[]): string {
  return layTable(
    ['NUMBER', 'EMAIL', 'NAME', 'ROLE', '2ND FACTOR', 'STATE'],
    users.map((user) => [
      ...[String(user.number), user.email ?? '(guest)', user.name, user.role],
      user.totpSecret === undefined ? 'no' : 'yes',
      user.disabledAtMs !== undefined
        ? 'disabled'
        : user.expiresAtMs === undefined
          ? 'may sign in'
          : `until ${isoTime(user.expiresAtMs) ?? ''}`,
    ]),
  );
}
