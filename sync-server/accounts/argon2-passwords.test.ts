import { describe, expect, it } from 'vitest';
import { createPasswords, PasswordsBusy } from './argon2-passwords.ts';

const passwords = createPasswords();

describe('hashes of passwords', () => {
  it('[AC15] open for the same password only, and no two are alike', async () => {
    const [one, two] = [await passwords.hash('grüne Wand'), await passwords.hash('grüne Wand')];
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(two);
    expect(await passwords.isRight('grüne Wand', one)).toBe(true);
    expect(await passwords.isRight('grüne Wand'.normalize('NFD'), one)).toBe(true);
    expect(await passwords.isRight('Grüne Wand', one)).toBe(false);
  });

  it('reads what other programs made, whatever it cost them', async () => {
    // From the reference implementation: argon2 -id -t 2 -m 16 -p 1, of "password" with the salt "somesalt".
    const hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await passwords.isRight('password', hash)).toBe(true);
    expect(await passwords.isRight('passwort', hash)).toBe(false);
  });

  it('[AC13] nobody’s is looked at as well, and is never right; nor is one that cannot be read', async () => {
    expect(await passwords.isRight('anything', undefined)).toBe(false);
    expect(await passwords.isRight('anything', 'md5:5f4dcc3b')).toBe(false);
  });

  it('are made a few at a time, and a flood is turned away instead of taking all memory', async () => {
    const flood = Array.from({ length: 80 }, async () => passwords.isRight('x', undefined));
    const outcomes = await Promise.allSettled(flood);
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBe(80 - 63);
    for (const one of refused) expect(one).toMatchObject({ reason: expect.any(PasswordsBusy) as unknown });
  });
});
