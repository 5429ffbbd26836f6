import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '#shared/model/role.ts';
import type { AccountStores } from './account-stores.ts';
import { keyHandle } from './handle.ts';
import type { Invite } from './invite-store.ts';
import { describeKeyStore } from './key-store.contract.ts';
import { makeId, makeToken } from './secret-token.ts';
import type { Session } from './session-store.ts';
import type { StoredUser } from './user.ts';

type Opened = { readonly stores: AccountStores; readonly close: () => Promise<void> };

/** What every keeper of accounts promises. */
export function describeAccountStores(name: string, open: () => Promise<Opened>): void {
  describeKeyStore(name, async () => {
    const { stores, close } = await open();
    return { keys: stores.keys, close };
  });

  describe(`account stores: ${name}`, () => {
    let stores: AccountStores;
    let close: () => Promise<void>;
    beforeEach(async () => {
      ({ stores, close } = await open());
      // What earlier tests left in the same database would be further admins.
      for (const { id } of await stores.users.list()) {
        await stores.users.change(id, { role: 'viewer' }, 0);
      }
    });
    afterEach(() => close());

    const addUser = async (role: Role, changes: { expiresAtMs?: number } = {}): Promise<StoredUser> => {
      const id = makeId();
      const wanted = { id, email: `${id}@example.org`, name: id, role, passwordHash: 'hash', createdAtMs: 5 };
      const added = await stores.users.add({ ...wanted, expiresAtMs: changes.expiresAtMs });
      if (!added.ok) throw new Error(added.error);
      return added.value;
    };
    const addAdmin = async () => addUser('admin');

    it('[AC1] keeps a person as they came, and finds them by id, number and email', async () => {
      const user = await addUser('operator', { expiresAtMs: 99 });
      expect(user).toMatchObject({ role: 'operator', passwordHash: 'hash', createdAtMs: 5, expiresAtMs: 99 });
      for (const by of [{ id: user.id }, { number: user.number }, { email: user.email ?? '' }]) {
        expect(await stores.users.find(by)).toEqual(user);
      }
      expect(await stores.users.find({ email: 'nobody@example.org' })).toBeUndefined();
      expect(await stores.users.list()).toContainEqual(user);
    });

    it('[AC1] gives an email to one person only, and a number to nobody twice', async () => {
      const [ana, ben] = [await addUser('viewer'), await addUser('viewer')];
      expect(await stores.users.add({ ...ana, id: makeId() })).toEqual({ ok: false, error: 'email-taken' });
      expect(await stores.users.change(ben.id, { email: ana.email ?? '' }, 6)).toMatchObject({
        error: 'email-taken',
      });
      expect(ben.number).toBeGreaterThan(ana.number);
    });

    it('[AC1] changes what is named and nothing else', async () => {
      const user = await addUser('viewer');
      const changed = await stores.users.change(
        user.id,
        { role: 'monitor', totpSecret: 'S', disabledAtMs: 7 },
        9,
      );
      expect(changed).toEqual({
        ok: true,
        value: { ...user, role: 'monitor', totpSecret: 'S', disabledAtMs: 7, updatedAtMs: 9 },
      });
      const back = await stores.users.change(user.id, { totpSecret: null, disabledAtMs: null }, 9);
      expect(back).toMatchObject({ value: { ...user, role: 'monitor', updatedAtMs: 9 } });
      expect(await stores.users.change('nobody', { name: 'x' }, 9)).toMatchObject({ error: 'not-found' });
    });

    it('[AC2] keeps the last admin an admin, also when two are asked for at once', async () => {
      const [ana, ben] = [await addAdmin(), await addAdmin()];
      const both = await Promise.all([
        stores.users.change(ana.id, { role: 'viewer' }, 6),
        stores.users.change(ben.id, { disabledAtMs: 6 }, 6),
      ]);
      expect(both.filter(({ ok }) => ok)).toHaveLength(1);
      expect(both).toContainEqual({ ok: false, error: 'last-admin' });
      const last = both[0]?.ok === true ? ben : ana;
      expect(await stores.users.remove(last.id, 7)).toEqual({ ok: false, error: 'last-admin' });
      expect(await stores.users.change(last.id, { name: 'Last', role: 'admin' }, 7)).toMatchObject({
        ok: true,
      });
    });

    it('[AC3] a person who is removed comes in no more, and their email is free', async () => {
      const user = await addUser('operator');
      await stores.sessions.open(sessionOf(user, 'first'), makeToken('swr').hash);
      expect(await stores.users.remove(user.id, 9)).toMatchObject({ ok: true });
      expect(await stores.users.find({ id: user.id })).toBeUndefined();
      expect(await stores.users.list()).not.toContainEqual(expect.objectContaining({ id: user.id }));
      expect(await stores.sessions.find([`first${user.number}`], 10)).toEqual([]);
      expect(await stores.users.add({ ...user, id: makeId() })).toMatchObject({ ok: true });
      expect((await stores.users.names()).get(user.id)).toBe(user.name);
    });

    it('[AC9] a step of a second factor opens once, and none before it', async () => {
      const { id } = await addUser('viewer');
      expect(await stores.users.useTotpStep(id, 100)).toBe(true);
      expect(await stores.users.useTotpStep(id, 100)).toBe(false);
      expect(await stores.users.useTotpStep(id, 99)).toBe(false);
      expect(await stores.users.useTotpStep(id, 101)).toBe(true);
    });

    it('[AC5] a session lives until it ends, expires, or its person may not come in', async () => {
      const [ana, ben] = [await addUser('viewer'), await addUser('viewer')];
      const [first, second, other] = [sessionOf(ana, 'a'), sessionOf(ana, 'b'), sessionOf(ben, 'c')];
      for (const session of [first, second, other])
        await stores.sessions.open(session, makeToken('swr').hash);
      const ids = [first.id, second.id, other.id];
      const living = async (nowMs: number) =>
        (await stores.sessions.find(ids, nowMs)).map(({ session }) => session.id).toSorted();
      expect(await living(50)).toEqual(ids.toSorted());
      expect(await living(1_000)).toEqual([]);
      expect(await stores.sessions.end(first.id, 60)).toBe(true);
      expect(await stores.sessions.end(first.id, 60)).toBe(false);
      expect(await living(60)).toEqual([second.id, other.id].toSorted());
      await stores.sessions.touch([second.id, other.id], 58, 1_200);
      expect(await stores.sessions.listOf(ana.id, 60)).toEqual([
        { ...second, lastUsedAtMs: 58, expiresAtMs: 1_200 },
      ]);
      await stores.users.change(ben.id, { disabledAtMs: 61 }, 61);
      expect(await living(62)).toEqual([second.id]);
      expect(await stores.sessions.endAllOf(ana.id, second.id, 63)).toBe(0);
      expect(await stores.sessions.endAllOf(ana.id, undefined, 63)).toBe(1);
      expect(await living(63)).toEqual([]);
    });

    it('[AC6] a refresh token is taken once; a copy that is used later ends the session', async () => {
      const user = await addUser('viewer');
      const session = sessionOf(user, 'r');
      const [first, second, third] = [makeToken('swr'), makeToken('swr'), makeToken('swr')];
      await stores.sessions.open(session, first.hash);
      const rotate = async (used: Uint8Array, fresh: Uint8Array) =>
        stores.sessions.rotate(session.id, used, fresh, { nowMs: 50, expiresAtMs: 2_000, graceMs: 0 });
      expect(await rotate(third.hash, second.hash)).toBe('unknown');
      const both = await Promise.all([
        rotate(first.hash, second.hash),
        rotate(makeToken('swr').hash, third.hash),
      ]);
      expect(both).toEqual(['rotated', 'unknown']);
      expect(await stores.sessions.find([session.id], 1_500)).toMatchObject([
        { session: { lastUsedAtMs: 50, expiresAtMs: 2_000 } },
      ]);
      expect(await rotate(first.hash, third.hash)).toBe('reused');
      expect(await stores.sessions.find([session.id], 60)).toEqual([]);
      expect(await rotate(second.hash, third.hash)).not.toBe('rotated');
    });

    it('[AC6] of two who use one refresh token at once, one at most gets a new one', async () => {
      const session = sessionOf(await addUser('viewer'), 'race');
      const first = makeToken('swr');
      await stores.sessions.open(session, first.hash);
      const outcomes = await Promise.all(
        [1, 2, 3].map(async () =>
          stores.sessions.rotate(session.id, first.hash, makeToken('swr').hash, {
            nowMs: 5,
            expiresAtMs: 900,
            graceMs: 0,
          }),
        ),
      );
      expect(outcomes.filter((outcome) => outcome === 'rotated').length).toBeLessThanOrEqual(1);
      expect(await stores.sessions.find([session.id], 6)).toEqual([]);
    });

    it('[AC6] a refresh token that tabs share is taken again for a moment, which does not grow', async () => {
      const session = sessionOf(await addUser('viewer'), 'tabs');
      const shared = makeToken('swr').hash;
      await stores.sessions.open(session, shared);
      const rotate = async (nowMs: number) =>
        stores.sessions.rotate(session.id, shared, makeToken('swr').hash, {
          ...{ nowMs, expiresAtMs: 900, graceMs: 30 },
        });
      expect(await Promise.all([rotate(50), rotate(50), rotate(50)])).toEqual(Array(3).fill('rotated'));
      expect(await rotate(79)).toBe('rotated');
      expect(await rotate(80)).toBe('reused');
      expect(await stores.sessions.find([session.id], 81)).toEqual([]);
    });

    it('forgets sessions that are over', async () => {
      const session = sessionOf(await addUser('viewer'), 'old');
      await stores.sessions.open(session, makeToken('swr').hash);
      await stores.sessions.forget(900);
      expect(await stores.sessions.find([session.id], 900)).toHaveLength(1);
      expect(await stores.sessions.forget(1_001)).toBeGreaterThan(0);
      expect(await stores.sessions.find([session.id], 900)).toEqual([]);
    });

    it('[AC7] looking at an invitation does not use it up, and of many who take it one gets it', async () => {
      const { id, hash } = makeToken('swi');
      const invite: Invite = {
        ...{ id, email: 'a@example.org', guestForMs: 5, createdBy: 'user:ana' },
        ...{ role: 'operator', createdAtMs: 1, expiresAtMs: 100 },
      };
      await stores.invites.add(invite, hash);
      expect(await stores.invites.look(id, hash, 50)).toEqual(invite);
      expect(await stores.invites.look(id, makeToken('swi').hash, 50)).toBeUndefined();
      expect(await stores.invites.look(id, hash, 100)).toBeUndefined();
      expect(await stores.invites.list(50)).toContainEqual(invite);
      const taken = await Promise.all([1, 2, 3].map(async () => stores.invites.take(id, hash, 50)));
      expect(taken.filter((one) => one !== undefined)).toEqual([invite]);
      expect(await stores.invites.look(id, hash, 50)).toBeUndefined();
      await stores.invites.giveBack(id);
      expect(await stores.invites.look(id, hash, 50)).toEqual(invite);
      expect(await stores.invites.revoke(id, 60)).toBe(true);
      expect(await stores.invites.revoke(id, 60)).toBe(false);
      expect(await stores.invites.take(id, hash, 70)).toBeUndefined();
    });

    it('[AC8] a ticket opens once, whoever asks at once, and not when it is late', async () => {
      const { id, hash } = makeToken('swt');
      const ticket = { hash, handle: keyHandle(id), expiresAtMs: 1_000_000 };
      await stores.tickets.add(ticket);
      const taken = await Promise.all([1, 2, 3].map(async () => stores.tickets.take(hash, 5)));
      expect(taken.filter((one) => one !== undefined)).toEqual([keyHandle(id)]);
      await stores.tickets.add(ticket);
      expect(await stores.tickets.take(hash, 1_000_000)).toBeUndefined();
    });

    it('[AC4] signs with one key, whoever asks first', async () => {
      const keys = await Promise.all([1, 2, 3].map(async () => stores.signingKey()));
      expect(keys[0]).toHaveLength(32);
      expect(keys[1]).toEqual(keys[0]);
      expect(keys[2]).toEqual(keys[0]);
    });

    it('[AC20] signs with another key once it was rotated, and with that one from then on', async () => {
      const before = await stores.signingKey();
      await stores.rotateSigningKey();
      const after = await stores.signingKey();
      expect(after).toHaveLength(32);
      expect(after).not.toEqual(before);
      expect(await stores.signingKey()).toEqual(after);
    });
  });
}

function sessionOf(user: StoredUser, name: string): Session {
  return {
    ...{ id: `${name}${String(user.number)}`, userId: user.id, createdAtMs: 5, lastUsedAtMs: 5 },
    ...{ expiresAtMs: 1_000, address: '127.0.0.1', agent: 'test' },
  };
}
