import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

/** Short-lived tokens that say which session speaks; whether it still lives is asked each time. */
export type AccessTokens = {
  readonly make: (
    session: { readonly id: string; readonly userId: string },
    nowMs: number,
  ) => Promise<AccessToken>;
  /** @returns the session, or undefined for what this store did not sign, or what is over */
  readonly read: (token: string, nowMs: number) => Promise<{ readonly sessionId: string } | undefined>;
};

export type AccessToken = { readonly token: string; readonly expiresAtMs: number };

const ISSUER = 'streamwall';
const MAX_LENGTH = 2_000;
const Claims = z.object({ sid: z.string().max(40) });

/**
 * @param key at least 32 random bytes
 * @param storeId whose tokens they are
 * @param lastsMs a day at most
 */
export function createAccessTokens(key: Uint8Array, storeId: string, lastsMs: number): AccessTokens {
  return {
    make: async ({ id, userId }, nowMs) => {
      const issuedAt = Math.floor(nowMs / 1_000);
      const expiresAt = issuedAt + Math.floor(lastsMs / 1_000);
      const token = await new SignJWT({ sid: id })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuer(ISSUER)
        .setAudience(storeId)
        .setSubject(userId)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(key);
      return { token, expiresAtMs: expiresAt * 1_000 };
    },
    read: async (token, nowMs) => {
      if (token.length > MAX_LENGTH || token.split('.').length !== 3) return undefined;
      try {
        const { payload } = await jwtVerify(token, key, {
          ...{ algorithms: ['HS256'], issuer: ISSUER, audience: storeId, typ: 'JWT' },
          ...{ requiredClaims: ['exp', 'iat', 'sub', 'sid'], currentDate: new Date(nowMs) },
        });
        const claims = Claims.safeParse(payload);
        return claims.success ? { sessionId: claims.data.sid } : undefined;
      } catch {
        return undefined;
      }
    },
  };
}
