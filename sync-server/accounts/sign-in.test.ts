import { beforeEach, describe, expect, it } from 'vitest';
import { keyHandle } from './handle.ts';
import { makeKey } from './service-key.ts';
import { GOOD_PASSWORD, openTestAccounts, type TestAccounts } from './test-accounts.ts';

let test: TestAccounts;
beforeEach(async () => {
  test = await openTestAccounts();
});

const open = async (email: string) => {
  const from = { address: '192.0.2.1', agent: 'a'.repeat(1_000) };
  const opened = await test.accounts.logIn({ email, password: GOOD_PASSWORD, code: undefined, from });
  if (!opened.ok) throw new Error(opened.error.reason);
  return opened.value;
};

describe('who signed in', () => {
  it('[AC5] [AC16] is nobody from the moment that their session ends, they are disabled, or removed', async () => {
    const { signIn, stores, members } = test.accounts;
    const user = await test.addUser('ana@example.org');
    await test.addUser('boss@example.org', 'admin');
    const [first, second] = [await open('ana@example.org'), await open('ana@example.org')];
    await stores.sessions.end(first.sessionId, test.nowMs());
    expect(await signIn.byToken(first.access.token)).toBeUndefined();
    expect(await signIn.byToken(second.access.token)).toBeDefined();
    await members.change(user, { disabledAtMs: test.nowMs() });
    expect(await signIn.byToken(second.access.token)).toBeUndefined();
    await members.change(user, { disabledAtMs: null });
    expect(await signIn.byToken(second.access.token)).toBeUndefined();
    const third = await open('ana@example.org');
    await stores.users.remove(user.id, test.nowMs());
    expect(await signIn.byToken(third.access.token)).toBeUndefined();
  });

  it('[AC16] has the role of now, not of when they came', async () => {
    const user = await test.addUser('ana@example.org');
    const { access } = await open('ana@example.org');
    await test.accounts.members.change(user, { role: 'viewer' });
    expect((await test.accounts.signIn.byToken(access.token))?.account.role).toBe('viewer');
  });

  it('a new password ends all sessions but the one that set it', async () => {
    const user = await test.addUser('ana@example.org');
    const [first, second] = [await open('ana@example.org'), await open('ana@example.org')];
    await test.accounts.members.change(user, { password: 'another long one' }, first.sessionId);
    expect(await test.accounts.signIn.byToken(first.access.token)).toBeDefined();
    expect(await test.accounts.signIn.byToken(second.access.token)).toBeUndefined();
  });

  it('[AC10] a key opens until it expires, and what it was used for is noted', async () => {
    const { signIn, stores } = test.accounts;
    const expiresAtMs = test.nowMs() + 1_000;
    const { stored, key } = makeKey({ role: 'viewer', grants: [], label: '', expiresAtMs }, test.nowMs());
    await stores.keys.add(stored);
    expect(await signIn.byToken(key)).toMatchObject({ handle: keyHandle(stored.id), person: undefined });
    expect((await signIn.rights([keyHandle(stored.id)])).size).toBe(1);
    await signIn.noteUses();
    expect(await stores.keys.find([stored.id])).toMatchObject([{ lastUsedAtMs: test.nowMs() }]);
    test.wait(1_000);
    expect(await signIn.byToken(key)).toBeUndefined();
    expect((await signIn.rights([keyHandle(stored.id)])).size).toBe(0);
  });

  it('[AC5] stays in as long as something of theirs is connected', async () => {
    const { signIn } = test.accounts;
    await test.addUser('ana@example.org');
    const { access } = await open('ana@example.org');
    const handle = (await signIn.byToken(access.token))?.handle;
    if (handle === undefined) throw new Error('not signed in');
    for (let day = 0; day < 60; day += 20) {
      expect((await signIn.rights([handle])).size).toBe(1);
      await signIn.noteUses();
      test.wait(20 * 86_400_000);
    }
    test.wait(10 * 86_400_000);
    expect((await signIn.rights([handle])).size).toBe(0);
  });

  it('[AC8] a ticket speaks for whoever got it, once, within half a minute, and while they may come in', async () => {
    const { signIn, stores } = test.accounts;
    await test.addUser('ana@example.org');
    const { sessionId } = await open('ana@example.org');
    const handle = (await signIn.byToken((await open('ana@example.org')).access.token))?.handle;
    if (handle === undefined) throw new Error('not signed in');
    const { ticket } = await signIn.makeTicket(handle);
    expect((await signIn.byTicket(ticket))?.handle).toBe(handle);
    expect(await signIn.byTicket(ticket)).toBeUndefined();
    const late = await signIn.makeTicket(handle);
    test.wait(30_000);
    expect(await signIn.byTicket(late.ticket)).toBeUndefined();
    const revoked = await signIn.makeTicket(handle);
    await stores.sessions.end(handle.slice('session:'.length), test.nowMs());
    expect(await signIn.byTicket(revoked.ticket)).toBeUndefined();
    expect(sessionId).not.toBe(handle);
    for (const text of ['', 'swt_', ticket.replace('swt_', 'swk_')])
      expect(await signIn.byTicket(text)).toBeUndefined();
  });

  it('[AC6] stays with fresh tokens, and is out when a used one comes again', async () => {
    const { sessions, signIn } = test.accounts;
    await test.addUser('ana@example.org');
    const first = await open('ana@example.org');
    test.wait(60_000);
    const second = await sessions.refresh(first.refreshToken);
    if (!second.ok) throw new Error(second.error.reason);
    expect(await signIn.byToken(second.value.access.token)).toBeDefined();
    expect(await sessions.refresh(first.refreshToken)).toEqual({ ok: false, error: { reason: 'reused' } });
    expect(await signIn.byToken(second.value.access.token)).toBeUndefined();
    expect((await sessions.refresh(second.value.refreshToken)).ok).toBe(false);
    expect(await sessions.refresh('swr_nonsense')).toEqual({ ok: false, error: { reason: 'unknown' } });
  });
});

describe('who is invited', () => {
  const invite = async (wanted: { guestForMs?: number; email?: string; by?: string }) =>
    test.accounts.invitations.make({
      ...{ role: 'operator', createdBy: wanted.by ?? 'command-line', lastsMs: 60_000 },
      ...{ email: wanted.email, guestForMs: wanted.guestForMs },
    });
  const accept = async (token: string, more: { email?: string; password?: string } = {}) =>
    test.accounts.invitations.accept({ token, name: 'Ana', email: more.email, password: more.password });

  it('[AC7] becomes a member once, and a weak password does not use the invitation up', async () => {
    const { token } = await invite({});
    const email = 'ana@example.org';
    expect((await test.accounts.invitations.look(token))?.role).toBe('operator');
    expect(await accept(token)).toMatchObject({ error: { reason: 'email-needed' } });
    expect(await accept(token, { email, password: 'short' })).toMatchObject({
      error: { reason: 'weak-password' },
    });
    expect(await accept(token, { email, password: GOOD_PASSWORD })).toMatchObject({
      value: { email, role: 'operator', name: 'Ana' },
    });
    expect(await accept(token, { email: 'b@example.org', password: GOOD_PASSWORD })).toMatchObject({
      error: { reason: 'no-such-invite' },
    });
  });

  it('[AC21] comes in only while whoever invited them may invite', async () => {
    await test.addUser('boss@example.org', 'admin');
    const { id } = await test.addUser('ana@example.org', 'admin');
    const { token } = await invite({ by: `user:${id}` });
    const isOpen = async () => (await test.accounts.invitations.look(token)) !== undefined;
    const { users } = test.accounts.stores;
    for (const [changes, open] of [
      [{ disabledAtMs: 1 }, false],
      [{ disabledAtMs: null }, true],
      [{ role: 'operator' }, false],
      [{ role: 'admin' }, true],
    ] as const) {
      expect(await users.change(id, changes, test.nowMs())).toMatchObject({ ok: true });
      expect(await isOpen()).toBe(open);
    }
    await users.remove(id, test.nowMs());
    expect(await accept(token, { email: 'a@example.org', password: GOOD_PASSWORD })).toMatchObject({
      error: { reason: 'no-such-invite' },
    });
    expect((await invite({ by: 'service:gone' }).then(({ token: other }) => accept(other))).ok).toBe(false);
  });

  it('[AC7] must be who was meant, and in time', async () => {
    await test.addUser('known@example.org');
    const { token } = await invite({ email: 'ana@example.org' });
    const password = GOOD_PASSWORD;
    expect(await accept(token, { email: 'ben@example.org', password })).toMatchObject({
      error: { reason: 'wrong-email' },
    });
    const taken = await invite({});
    expect(await accept(taken.token, { email: 'known@example.org', password })).toMatchObject({
      error: { reason: 'email-taken' },
    });
    expect(await accept(taken.token, { email: 'new@example.org', password })).toMatchObject({ ok: true });
    test.wait(60_000);
    expect(await accept(token, { password })).toMatchObject({ error: { reason: 'no-such-invite' } });
  });

  it('as a guest needs a name only, and is out when the time is over', async () => {
    const { token } = await invite({ guestForMs: 3_600_000 });
    const accepted = await accept(token);
    if (!accepted.ok) throw new Error(accepted.error.reason);
    const from = { address: '192.0.2.1', agent: '' };
    const { access } = await test.accounts.sessions.open(accepted.value, from);
    expect((await test.accounts.signIn.byToken(access.token))?.account.role).toBe('operator');
    test.wait(3_600_000);
    expect(await test.accounts.signIn.byToken(access.token)).toBeUndefined();
  });
});
