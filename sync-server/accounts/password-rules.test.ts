import { describe, expect, it } from 'vitest';
import { findPasswordProblem } from './password-rules.ts';

describe('a password', () => {
  it.each([
    ['seven77', 'too-short'],
    ['x'.repeat(129), 'too-long'],
    ['Password1', 'too-common'],
    ['aaaaaaaaaaaa', 'too-common'],
    ['ana@example.org', 'is-email'],
    ['Ana.Wallcroft', 'is-email'],
  ])('[AC15] is refused with its reason: %s', (password, problem) => {
    const email = password.startsWith('Ana.') ? 'ana.wallcroft@example.org' : 'ana@example.org';
    expect(findPasswordProblem(password, email)).toBe(problem);
  });

  it('[AC15] needs no riddle of signs, and counts characters as people do', () => {
    expect(findPasswordProblem('correct horse battery', 'ana@example.org')).toBeUndefined();
    expect(findPasswordProblem('🦀🐙🐡🦑🐚🪸🦞🐳', undefined)).toBeUndefined();
    expect(findPasswordProblem('🦀🐙🐡🦑', undefined)).toBe('too-short');
  });
});
