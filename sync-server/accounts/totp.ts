import { createHmac, randomBytes } from 'node:crypto';

/** Codes of a second factor as authenticator apps make them: RFC 6238, SHA-1, 30 seconds, 6 digits. */
const STEP_MS = 30_000;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** A new shared secret, in the base32 that apps expect. */
export const makeTotpSecret = (): string => writeBase32(randomBytes(20));

/** What an app reads from a picture. */
export function totpUri(secret: string, email: string): string {
  const query = new URLSearchParams({ secret, issuer: 'Streamwall' });
  return `otpauth://totp/${encodeURIComponent(`Streamwall:${email}`)}?${query.toString()}`;
}

/** The code that belongs to a step. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', readBase32(secret)).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(offset) & 0x7f_ff_ff_ff) % 1_000_000).padStart(6, '0');
}

/** The step that a code belongs to: the present one or a neighbour, for clocks that differ. */
export function findTotpStep(secret: string, code: string, nowMs: number): number | undefined {
  const now = Math.floor(nowMs / STEP_MS);
  const plain = code.replace(/\s/g, '');
  return [now, now - 1, now + 1].find((step) => totpCode(secret, step) === plain);
}

function writeBase32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += LETTERS[(value >>> bits) & 31] ?? '';
    }
    value &= (1 << bits) - 1;
  }
  return text;
}

function readBase32(text: string): Buffer {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const letter of text) {
    value = (value << 5) | LETTERS.indexOf(letter);
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((value >>> bits) & 255);
    value &= (1 << bits) - 1;
  }
  return Buffer.from(bytes);
}
