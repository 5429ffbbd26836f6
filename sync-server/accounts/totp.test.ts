import { describe, expect, it } from 'vitest';
import { findTotpStep, makeTotpSecret, totpCode, totpUri } from './totp.ts';

/** "12345678901234567890", the secret of the examples of RFC 6238. */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('codes of a second factor', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('are those of RFC 6238, at %d s', (seconds, code) => {
    expect(totpCode(SECRET, Math.floor(seconds / 30))).toBe(code);
    expect(findTotpStep(SECRET, code, seconds * 1_000)).toBe(Math.floor(seconds / 30));
  });

  it('open half a minute early and late, typed with a space or without, and no longer', () => {
    const atMs = 1_111_111_110_000;
    const code = totpCode(SECRET, atMs / 30_000);
    expect(findTotpStep(SECRET, `${code.slice(0, 3)} ${code.slice(3)}`, atMs)).toBe(atMs / 30_000);
    expect(findTotpStep(SECRET, code, atMs + 59_000)).toBe(atMs / 30_000);
    expect(findTotpStep(SECRET, code, atMs - 1_000)).toBe(atMs / 30_000);
    expect(findTotpStep(SECRET, code, atMs + 61_000)).toBeUndefined();
    expect(findTotpStep(SECRET, '', atMs)).toBeUndefined();
  });

  it('belong to a secret of 160 random bits that apps can read', () => {
    const secret = makeTotpSecret();
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(secret).not.toBe(makeTotpSecret());
    expect(totpUri(secret, 'ana@example.org')).toBe(
      `otpauth://totp/Streamwall%3Aana%40example.org?secret=${secret}&issuer=Streamwall`,
    );
  });
});
