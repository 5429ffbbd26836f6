import type { Invite } from '../accounts/invite-store.ts';
import type { OpenedSession } from '../accounts/sessions.ts';
import type { Session } from '../accounts/session-store.ts';
import type { StoredKey } from '../accounts/service-key.ts';
import type { z } from 'zod';
import { actorOfUser, streamSourceRole, type StoredUser } from '../accounts/user.ts';

import type {
  InviteAnswer,
  KeyAnswer,
  SessionAnswer,
  SignedInAnswer,
  UserAnswer,
} from './account-answers.ts';

/** People, sessions, keys and invitations as the API shows them: StreamSource's fields where it has them, and ours beside. */

export function shapeUser(user: StoredUser): z.infer<typeof UserAnswer> {
  return {
    id: user.number,
    email: user.email ?? null,
    // Its clients know three roles; the exact one stands beside.
    role: streamSourceRole(user.role),
    roleDetail: user.role,
    name: user.name,
    actor: actorOfUser(user.id),
    created_at: isoTime(user.createdAtMs),
    updated_at: isoTime(user.updatedAtMs),
    disabled_at: isoTime(user.disabledAtMs),
    expires_at: isoTime(user.expiresAtMs),
    second_factor: user.totpSecret !== undefined,
  };
}

/** For the audit: how somebody was before and after. That a password was changed is said, never which. */
export function shapeChange(
  before: StoredUser | undefined,
  after: StoredUser | undefined,
  isNewPassword = false,
) {
  const password = isNewPassword ? { password: 'a new one' } : {};
  return {
    target: `user:${String((after ?? before)?.number)}`,
    before: before && shapeUser(before),
    after: after && { ...shapeUser(after), ...password },
  };
}

/** What somebody gets who signed in. */
export function shapeLogIn({
  user,
  sessionId,
  access,
  refreshToken,
  refreshExpiresAtMs,
}: OpenedSession): z.infer<typeof SignedInAnswer> {
  return {
    user: shapeUser(user),
    token: access.token,
    expires_at: isoTime(access.expiresAtMs),
    refresh_token: refreshToken,
    refresh_expires_at: isoTime(refreshExpiresAtMs),
    session_id: sessionId,
  };
}

export function shapeSession(session: Session, currentId: string | undefined): z.infer<typeof SessionAnswer> {
  return {
    id: session.id,
    current: session.id === currentId,
    address: session.address,
    agent: session.agent,
    created_at: isoTime(session.createdAtMs),
    last_used_at: isoTime(session.lastUsedAtMs),
    expires_at: isoTime(session.expiresAtMs),
  };
}

export function shapeKey(key: StoredKey): z.infer<typeof KeyAnswer> {
  return {
    ...{ id: key.id, role: key.role, grants: key.grants, label: key.label },
    documents: key.scope.documents ?? null,
    roots: key.scope.roots ?? null,
    requests_per_minute: key.requestsPerMinute ?? null,
    created_at: isoTime(key.createdAtMs),
    expires_at: isoTime(key.expiresAtMs),
    last_used_at: isoTime(key.lastUsedAtMs),
  };
}

export function shapeInvite(invite: Invite): z.infer<typeof InviteAnswer> {
  return {
    ...{ id: invite.id, role: invite.role, email: invite.email ?? null, created_by: invite.createdBy },
    guest_hours: invite.guestForMs === undefined ? null : invite.guestForMs / 3_600_000,
    created_at: isoTime(invite.createdAtMs),
    expires_at: isoTime(invite.expiresAtMs),
  };
}

export const isoTime = (ms: number | undefined): string | null =>
  ms === undefined ? null : new Date(ms).toISOString();
