import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * A secret that is handed to somebody once: `PREFIX_ID_SECRET`. The id is public and finds it; of the secret only a hash is
 * kept. The secret has 256 random bits, so that a plain hash cannot be guessed backwards.
 */
export type SecretPrefix = 'swk' | 'swr' | 'swi' | 'swt';

const TOKEN = /^(swk|swr|swi|swt)_([a-z0-9]{12})_([A-Za-z0-9_-]{43})$/;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';
/** Bytes from here on would make some letters likelier than others. */
const EVEN_BYTES = 256 - (256 % LETTERS.length);

/** Twelve letters and digits at random. */
export function makeId(): string {
  let id = '';
  while (id.length < 12) {
    for (const byte of randomBytes(16)) {
      if (byte < EVEN_BYTES && id.length < 12) id += LETTERS[byte % LETTERS.length] ?? '';
    }
  }
  return id;
}

/** @returns what to hand over, and what to keep of it */
export function makeToken(
  prefix: SecretPrefix,
  id = makeId(),
): { id: string; hash: Uint8Array; token: string } {
  const secret = randomBytes(32).toString('base64url');
  return { id, hash: hashOf(secret), token: `${prefix}_${id}_${secret}` };
}

/** Undefined when the text is no such token at all. */
export function readToken(
  prefix: SecretPrefix,
  text: string,
): { readonly id: string; readonly hash: Uint8Array } | undefined {
  const [, found, id, secret] = TOKEN.exec(text) ?? [];
  return found !== prefix || id === undefined || secret === undefined
    ? undefined
    : { id, hash: hashOf(secret) };
}

export const isSameHash = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && timingSafeEqual(a, b);

const hashOf = (secret: string): Uint8Array => new Uint8Array(createHash('sha256').update(secret).digest());
