import { ActorId } from '#shared/model/ids.ts';
import type { Role } from '#shared/model/role.ts';
import type { Account, Grant, Scope } from './access.ts';
import { makeToken, readToken } from './secret-token.ts';

/** What is kept of a key, `swk_ID_SECRET`. */
export type StoredKey = {
  readonly id: string;
  readonly hash: Uint8Array;
  readonly role: Role;
  readonly grants: readonly Grant[];
  readonly scope: Scope;
  /** What it is for, in the words of whoever made it. */
  readonly label: string;
  /** Requests that it may make in a minute; undefined for as many as everybody. */
  readonly requestsPerMinute: number | undefined;
  readonly createdAtMs: number;
  /** From then on it opens nothing; undefined for never. */
  readonly expiresAtMs: number | undefined;
  /** About when it was last used, to the minute. */
  readonly lastUsedAtMs: number | undefined;
};

export type NewKey = Pick<StoredKey, 'role' | 'grants' | 'label'> &
  Partial<Pick<StoredKey, 'scope'> & Pick<StoredKey, 'requestsPerMinute' | 'expiresAtMs'>>;

/** Everything: what a key may do is then what its role may do. */
export const UNLIMITED: Scope = { documents: undefined, roots: undefined };

/** @returns what to keep, and the key itself, which is shown once */
export function makeKey(wanted: NewKey, nowMs: number): { stored: StoredKey; key: string } {
  const { id, hash, token } = makeToken('swk');
  const { role, grants, label, scope = UNLIMITED, requestsPerMinute, expiresAtMs } = wanted;
  const limits = { scope, requestsPerMinute, expiresAtMs };
  const stored = { id, hash, role, grants, label, ...limits, createdAtMs: nowMs, lastUsedAtMs: undefined };
  return { stored, key: token };
}

/** Undefined when the text is no key at all. */
export const readKey = (text: string): { readonly id: string; readonly hash: Uint8Array } | undefined =>
  readToken('swk', text);

/** Undefined once it is expired. */
export function accountOfKey(key: StoredKey, nowMs: number): Account | undefined {
  if (key.expiresAtMs !== undefined && key.expiresAtMs <= nowMs) return undefined;
  const { role, grants, scope, requestsPerMinute } = key;
  return { actor: actorOfKey(key.id), role, grants, scope, requestsPerMinute };
}

export const actorOfKey = (id: string): ActorId => ActorId.parse(`service:${id}`);
