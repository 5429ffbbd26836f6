import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { ActorId } from '#shared/model/ids.ts';
import type { Role } from '#shared/model/role.ts';
import type { Grant } from './access.ts';

/**
 * A key is `swk_ID_SECRET`. The id is public and finds it; of the secret only a hash is kept. The secret has 256 random bits,
 * so that a plain hash cannot be guessed backwards.
 */
export type StoredKey = {
  readonly id: string;
  readonly hash: Uint8Array;
  readonly role: Role;
  readonly grants: readonly Grant[];
  /** What it is for, in the words of whoever made it. */
  readonly label: string;
  readonly createdAtMs: number;
};

const KEY = /^swk_([a-z0-9]{12})_([A-Za-z0-9_-]{43})$/;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

export type NewKey = Pick<StoredKey, 'role' | 'grants' | 'label'>;

/** @returns what to keep, and the key itself, which is shown once */
export function makeKey(wanted: NewKey, nowMs: number): { stored: StoredKey; key: string } {
  const id = Array.from(randomBytes(12), (byte) => LETTERS[byte % LETTERS.length]).join('');
  const secret = randomBytes(32).toString('base64url');
  return { stored: { ...wanted, id, hash: hashOf(secret), createdAtMs: nowMs }, key: `swk_${id}_${secret}` };
}

/** Undefined when the text is no key at all. */
export function readKey(text: string): { readonly id: string; readonly hash: Uint8Array } | undefined {
  const [, id, secret] = KEY.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, hash: hashOf(secret) };
}

export const isSameHash = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b);

export const actorOfKey = (id: string): ActorId => ActorId.parse(`service:${id}`);

const hashOf = (secret: string): Uint8Array => new Uint8Array(createHash('sha256').update(secret).digest());
