import type { StoredUser } from './user.ts';

/**
 * Where it is kept who is signed in. A session lives until it ends, expires, or its person is disabled or removed. Each
 * refresh token of it is used once. @throws {LogUnavailable} from every call when the database does not answer
 */
export type SessionStore = {
  open(session: Session, refreshHash: Uint8Array): Promise<void>;
  /** Those of these that live, with the people whose they are as they are now. */
  find(ids: readonly string[], nowMs: number): Promise<readonly LiveSession[]>;
  listOf(userId: string, nowMs: number): Promise<readonly Session[]>;
  /**
   * Takes a refresh token for a new one. One that was taken before is a copy in wrong hands, whoever of the two has it:
   * then the session ends.
   */
  rotate(id: string, used: Uint8Array, fresh: Uint8Array, times: RotateTimes): Promise<RotateOutcome>;
  /** Notes that they were used, for which they live longer. */
  touch(ids: readonly string[], atMs: number, expiresAtMs: number): Promise<void>;
  /** @returns whether it lived */
  end(id: string, nowMs: number): Promise<boolean>;
  /** @returns how many ended */
  endAllOf(userId: string, exceptId: string | undefined, nowMs: number): Promise<number>;
  /** Forgets what ended or expired before a time. @returns how many */
  forget(beforeMs: number): Promise<number>;
};

/** A session that nobody uses for so long ends. */
export const SESSION_IDLE_MS = 30 * 86_400_000;

export type Session = {
  readonly id: string;
  readonly userId: string;
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number;
  readonly expiresAtMs: number;
  /** From where it was opened, and with what, as far as they said. */
  readonly address: string;
  readonly agent: string;
};

export type LiveSession = { readonly session: Session; readonly user: StoredUser };

export type RotateTimes = {
  readonly nowMs: number;
  readonly expiresAtMs: number;
  /** For so long after its use the same token is taken again: two tabs share one cookie, and answers get lost. */
  readonly graceMs: number;
};
export type RotateOutcome = 'rotated' | 'reused' | 'unknown';
