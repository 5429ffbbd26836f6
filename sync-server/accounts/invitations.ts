import type { Clock } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Role } from '#shared/model/role.ts';
import type { AccountStores } from './account-stores.ts';
import type { Invite } from './invite-store.ts';
import type { MemberRefusal, Members } from './members.ts';
import { makeId, makeToken, readToken } from './secret-token.ts';
import { accountOfKey } from './service-key.ts';
import { isActive, type StoredUser } from './user.ts';

export type NewInvite = {
  readonly role: Role;
  readonly email: string | undefined;
  /** For how long a guest may stay, who needs no email and no password. */
  readonly guestForMs: number | undefined;
  readonly lastsMs: number;
  readonly createdBy: string;
};

/** Somebody takes an invitation. A guest needs a name only. */
export type Acceptance = {
  readonly token: string;
  readonly name: string;
  readonly email: string | undefined;
  readonly password: string | undefined;
};

export type AcceptRefusal =
  MemberRefusal | { readonly reason: 'no-such-invite' | 'email-needed' | 'wrong-email' };

/** @throws {LogUnavailable} from every call */
export type Invitations = {
  readonly make: (wanted: NewInvite) => Promise<{ readonly invite: Invite; readonly token: string }>;
  /** What it offers, without using it up; nothing once whoever made it may not invite any more. */
  readonly look: (token: string) => Promise<Invite | undefined>;
  readonly accept: (acceptance: Acceptance) => Promise<Result<StoredUser, AcceptRefusal>>;
};

type Parts = {
  readonly stores: Pick<AccountStores, 'invites' | 'users' | 'keys'>;
  readonly members: Members;
  readonly clock: Clock;
};

export function createInvitations({ stores, members, clock }: Parts): Invitations {
  const look = async (token: string): Promise<Invite | undefined> => {
    const read = readToken('swi', token);
    const invite = read && (await stores.invites.look(read.id, read.hash, clock.nowMs()));
    return invite !== undefined && (await mayInvite(invite.createdBy)) ? invite : undefined;
  };
  /** Who may not let people in any more must not come back by an invitation of their own. */
  const mayInvite = async (by: string): Promise<boolean> => {
    const [kind, id = ''] = by.split(':', 2);
    if (kind === 'user') {
      const user = await stores.users.find({ id });
      return user?.role === 'admin' && isActive(user, clock.nowMs());
    }
    const [key] = kind === 'service' ? await stores.keys.find([id]) : [];
    return kind !== 'service' || (key !== undefined && accountOfKey(key, clock.nowMs())?.role === 'admin');
  };
  return {
    look,
    make: async ({ lastsMs, ...wanted }) => {
      const nowMs = clock.nowMs();
      const { id, hash, token } = makeToken('swi');
      const invite = { ...wanted, id, createdAtMs: nowMs, expiresAtMs: nowMs + lastsMs };
      await stores.invites.add(invite, hash);
      return { invite, token };
    },
    accept: async (acceptance) => {
      const offered = await look(acceptance.token);
      if (offered === undefined) return fail({ reason: 'no-such-invite' });
      const email = offered.email ?? acceptance.email;
      if (offered.guestForMs === undefined && email === undefined) return fail({ reason: 'email-needed' });
      if (offered.email !== undefined && acceptance.email !== undefined && acceptance.email !== offered.email)
        return fail({ reason: 'wrong-email' });
      // Everything that can be wrong is found before the invitation is used up.
      const prepared =
        offered.guestForMs === undefined ? await members.prepare(email, acceptance.password) : ok(undefined);
      if (!prepared.ok) return prepared;
      return consume(acceptance, offered, prepared.value);
    },
  };

  async function consume(
    { token, name }: Acceptance,
    { role, guestForMs }: Invite,
    member: { readonly email: string; readonly passwordHash: string } | undefined,
  ): Promise<Result<StoredUser, AcceptRefusal>> {
    const nowMs = clock.nowMs();
    const read = readToken('swi', token);
    const taken = read && (await stores.invites.take(read.id, read.hash, nowMs));
    if (taken === undefined) return fail({ reason: 'no-such-invite' });
    const added = await stores.users.add({
      ...{ id: makeId(), name, role, createdAtMs: nowMs },
      ...{ email: member?.email, passwordHash: member?.passwordHash },
      expiresAtMs: guestForMs === undefined ? undefined : nowMs + guestForMs,
    });
    if (added.ok) return added;
    await stores.invites.giveBack(taken.id);
    return fail({ reason: added.error });
  }
}
