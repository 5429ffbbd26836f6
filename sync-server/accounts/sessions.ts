import type { Clock } from '#shared/kernel/clock.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { AccountStores } from './account-stores.ts';
import type { AccessToken, AccessTokens } from './jose-access-tokens.ts';
import type { Caller } from './caller.ts';
import type { Quota, Quotas } from './quotas.ts';
import { makeToken, readToken } from './secret-token.ts';
import { SESSION_IDLE_MS, type Session } from './session-store.ts';
import type { StoredUser } from './user.ts';

/** What somebody gets who was let in. */
export type OpenedSession = {
  readonly user: StoredUser;
  readonly sessionId: string;
  readonly access: AccessToken;
  readonly refreshToken: string;
  readonly refreshExpiresAtMs: number;
};

export type RefreshRefusal =
  { readonly reason: 'unknown' | 'reused' } | { readonly reason: 'too-many'; readonly retryAfterMs: number };

/** @throws {LogUnavailable} from every call */
export type Sessions = {
  readonly open: (user: StoredUser, from: Caller) => Promise<OpenedSession>;
  /** New tokens for a refresh token, which is used up by it. A copy of one that was used ends the session. */
  readonly refresh: (
    refreshToken: string,
    graceMs?: number,
  ) => Promise<Result<OpenedSession, RefreshRefusal>>;
  /** Forgets sessions that were over a month ago. To be called now and then. */
  readonly tidy: () => Promise<void>;
};

const MAX_AGENT = 200;
/** Used refresh tokens are remembered; a session makes no more of them. */
const REFRESHES: Quota = { limit: 120, windowMs: 3_600_000 };

type Parts = {
  readonly stores: Pick<AccountStores, 'sessions'>;
  readonly tokens: AccessTokens;
  readonly quotas: Quotas;
  readonly clock: Clock;
};

export function createSessions({ stores, tokens, quotas, clock }: Parts): Sessions {
  return {
    open: async (user, { address, agent }) => {
      const nowMs = clock.nowMs();
      const { id, hash, token } = makeToken('swr');
      const session: Session = {
        ...{
          id,
          userId: user.id,
          createdAtMs: nowMs,
          lastUsedAtMs: nowMs,
          expiresAtMs: nowMs + SESSION_IDLE_MS,
        },
        ...{ address, agent: agent.slice(0, MAX_AGENT) },
      };
      await stores.sessions.open(session, hash);
      const access = await tokens.make(session, nowMs);
      return { user, sessionId: id, access, refreshToken: token, refreshExpiresAtMs: session.expiresAtMs };
    },
    refresh: async (refreshToken, graceMs = 0) => {
      const nowMs = clock.nowMs();
      const used = readToken('swr', refreshToken);
      if (used === undefined) return fail({ reason: 'unknown' });
      const answer = await quotas.take(`refresh:${used.id}`, REFRESHES);
      if (!answer.isWithin) return fail({ reason: 'too-many', retryAfterMs: answer.retryAfterMs });
      const fresh = makeToken('swr', used.id);
      const times = { nowMs, expiresAtMs: nowMs + SESSION_IDLE_MS, graceMs };
      const outcome = await stores.sessions.rotate(used.id, used.hash, fresh.hash, times);
      if (outcome !== 'rotated') return fail({ reason: outcome });
      const [live] = await stores.sessions.find([used.id], nowMs);
      if (live === undefined) return fail({ reason: 'unknown' });
      const access = await tokens.make(live.session, nowMs);
      const refreshed = { refreshToken: fresh.token, refreshExpiresAtMs: times.expiresAtMs };
      return ok({ user: live.user, sessionId: used.id, access, ...refreshed });
    },
    tidy: async () => {
      await stores.sessions.forget(clock.nowMs() - SESSION_IDLE_MS);
    },
  };
}
