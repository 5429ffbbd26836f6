import { beforeEach, describe, expect, it } from 'vitest';
import { GOOD_PASSWORD, openTestAccounts, type TestAccounts } from './test-accounts.ts';
import { makeTotpSecret, totpCode } from './totp.ts';

let test: TestAccounts;
beforeEach(async () => {
  test = await openTestAccounts();
});

const email = 'ana@example.org';
const attempt = async (password: string, changes: { email?: string; address?: string; code?: string } = {}) =>
  test.accounts.logIn({
    ...{ email: changes.email ?? email, password, code: changes.code },
    from: { address: changes.address ?? '192.0.2.1', agent: 'test' },
  });
const reasonOf = async (answer: ReturnType<typeof attempt>) => {
  const outcome = await answer;
  return outcome.ok ? 'in' : outcome.error.reason;
};

describe('coming in with a password', () => {
  it('gives a session, which an access token speaks for', async () => {
    const user = await test.addUser(email);
    const opened = await attempt(GOOD_PASSWORD);
    if (!opened.ok) throw new Error(opened.error.reason);
    const signedIn = await test.accounts.signIn.byToken(opened.value.access.token);
    expect(signedIn?.account).toEqual({ actor: `user:${user.id}`, role: 'operator', grants: [] });
  });

  it('[AC13] is refused alike for a wrong password, an unknown email, and who may not come in', async () => {
    const ben = await test.addUser('ben@example.org');
    const ana = await test.addUser(email);
    await test.accounts.members.change(ben, { disabledAtMs: test.nowMs() });
    // Whose account it was is for the audit alone.
    const wrong = (user: number | undefined) => ({ ok: false, error: { reason: 'wrong', user } });
    expect(await attempt('wrong password')).toEqual(wrong(ana.number));
    expect(await attempt(GOOD_PASSWORD, { email: 'nobody@example.org' })).toEqual(wrong(undefined));
    expect(await attempt(GOOD_PASSWORD, { email: 'ben@example.org' })).toEqual(wrong(ben.number));
  });

  it('[AC12] is closed to an account after ten wrong attempts, from wherever, until a quarter of an hour is over', async () => {
    await test.addUser(email);
    const tries = Array.from({ length: 12 }, async (_, i) =>
      reasonOf(attempt('wrong', { address: `192.0.2.${String(i)}` })),
    );
    expect((await Promise.all(tries)).filter((reason) => reason === 'wrong')).toHaveLength(10);
    expect(await attempt(GOOD_PASSWORD, { address: '198.51.100.1' })).toMatchObject({
      error: { reason: 'too-many', retryAfterMs: 900_000 },
    });
    test.wait(900_000);
    expect(await reasonOf(attempt(GOOD_PASSWORD))).toBe('in');
  });

  it('[AC12] is closed to an address after fifty wrong attempts at any accounts', async () => {
    await test.addUser(email);
    for (let i = 0; i < 50; i += 1) await attempt('wrong', { email: `${String(i)}@example.org` });
    expect(await reasonOf(attempt(GOOD_PASSWORD))).toBe('too-many');
    expect(await reasonOf(attempt(GOOD_PASSWORD, { address: '198.51.100.1' }))).toBe('in');
  });

  it('[AC12] counts only what went wrong: who knows the password is never kept out', async () => {
    await test.addUser(email);
    for (let i = 0; i < 60; i += 1) expect(await reasonOf(attempt(GOOD_PASSWORD))).toBe('in');
    for (let i = 0; i < 9; i += 1) await attempt('wrong');
    expect(await reasonOf(attempt(GOOD_PASSWORD))).toBe('in');
    for (let i = 0; i < 10; i += 1) expect(await reasonOf(attempt('wrong'))).toBe('wrong');
  });

  it('[AC9] needs a code of the second factor where there is one, which opens once', async () => {
    const user = await test.addUser(email);
    const totpSecret = makeTotpSecret();
    await test.accounts.members.change(user, { totpSecret });
    const code = totpCode(totpSecret, Math.floor(test.nowMs() / 30_000));
    expect(await reasonOf(attempt(GOOD_PASSWORD))).toBe('code-needed');
    expect(await reasonOf(attempt('wrong', { code }))).toBe('wrong');
    expect(await reasonOf(attempt(GOOD_PASSWORD, { code }))).toBe('in');
    expect(await reasonOf(attempt(GOOD_PASSWORD, { code }))).toBe('wrong');
    test.wait(30_000);
    const next = totpCode(totpSecret, Math.floor(test.nowMs() / 30_000));
    expect(await reasonOf(attempt(GOOD_PASSWORD, { code: next }))).toBe('in');
  });

  it('[AC12] guesses at the second factor are counted too', async () => {
    const user = await test.addUser(email);
    await test.accounts.members.change(user, { totpSecret: makeTotpSecret() });
    for (let i = 0; i < 10; i += 1) await attempt(GOOD_PASSWORD, { code: 'wrong' });
    expect(await reasonOf(attempt(GOOD_PASSWORD, { code: 'wrong' }))).toBe('too-many');
  });

  it('[AC12] even who knows the password opens so many sessions and no more', async () => {
    await test.addUser(email);
    const reasons = [];
    for (let i = 0; i < 301; i += 1) reasons.push(await reasonOf(attempt(GOOD_PASSWORD)));
    expect(reasons.slice(299)).toEqual(['in', 'too-many']);
  });
});
