import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createAccessTokens } from './jose-access-tokens.ts';

const key = new Uint8Array(32).fill(7);
const DAY_MS = 86_400_000;
const NOW = 1_700_000_000_000;
const tokens = createAccessTokens(key, 'store-one', DAY_MS);
const session = { id: 'abcdefghijkl', userId: 'user' };

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
function forge(header: object, payload: object, secret: Uint8Array = key, hash = 'sha256'): string {
  const body = `${part(header)}.${part(payload)}`;
  return `${body}.${createHmac(hash, secret).update(body).digest('base64url')}`;
}
const good = {
  ...{ iss: 'streamwall', aud: 'store-one', sub: 'user', sid: 'abcdefghijkl' },
  ...{ iat: NOW / 1_000, exp: NOW / 1_000 + 60 },
};
const header = { alg: 'HS256', typ: 'JWT' };

describe('access tokens', () => {
  it('[AC11] say which session speaks, for a day at most', async () => {
    const { token, expiresAtMs } = await tokens.make(session, NOW);
    expect(expiresAtMs).toBe(NOW + DAY_MS);
    expect(await tokens.read(token, NOW + DAY_MS - 1_000)).toEqual({ sessionId: session.id });
    expect(await tokens.read(token, NOW + DAY_MS)).toBeUndefined();
    expect(await tokens.read(forge(header, good), NOW)).toEqual({ sessionId: session.id });
  });

  it.each([
    ['another key', forge(header, good, new Uint8Array(32).fill(8))],
    ['no signature', `${part({ alg: 'none', typ: 'JWT' })}.${part(good)}.`],
    ['another algorithm', forge({ alg: 'HS512', typ: 'JWT' }, good, key, 'sha512')],
    ['another kind of token', forge({ alg: 'HS256', typ: 'other' }, good)],
    ['another store', forge(header, { ...good, aud: 'store-two' })],
    ['another issuer', forge(header, { ...good, iss: 'somebody' })],
    ['no end', forge(header, { ...good, exp: undefined })],
    ['no session', forge(header, { ...good, sid: undefined })],
    ['a session that is no text', forge(header, { ...good, sid: { $ne: '' } })],
    ['a changed body', forge(header, good).replace(/\.[^.]+\./, `.${part({ ...good, sid: 'other' })}.`)],
    ['nothing', ''],
    ['something endless', `${'a'.repeat(100_000)}.b.c`],
  ])('[AC11] open nothing with %s', async (_, token) => {
    expect(await tokens.read(token, NOW)).toBeUndefined();
  });
});
