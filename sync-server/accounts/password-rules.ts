/** What a password may be: long enough, not what everybody tries first, and no riddle of signs and capitals. */
export type PasswordProblem = 'too-short' | 'too-long' | 'too-common' | 'is-email';

const MIN_LENGTH = 8;
const MAX_LENGTH = 128;

/** The heads of the lists that attackers begin with; lower case. */
const COMMON = new Set(
  `password password1 password12 password123 passw0rd p@ssw0rd p@ssword 12345678 123456789 1234567890 87654321 11223344
  123123123 147258369 1q2w3e4r 1q2w3e4r5t 1qaz2wsx qwertyui qwertyuiop qwerty123 qwerty12 qwertz123 asdfghjk asdfghjkl
  zxcvbnm1 abcd1234 abc12345 abcdefgh letmein1 iloveyou iloveyou1 sunshine princess football baseball superman trustno1
  welcome1 welcome123 whatever starwars computer internet admin123 admin1234 administrator changeme changeme1 streamwall
  streamwall1 streamwall123 streamsource secret12 secret123 michelle jennifer`.split(/\s+/),
);

export function findPasswordProblem(
  password: string,
  email: string | undefined,
): PasswordProblem | undefined {
  const length = [...password].length;
  if (length < MIN_LENGTH) return 'too-short';
  if (length > MAX_LENGTH) return 'too-long';
  const plain = password.toLowerCase();
  if (COMMON.has(plain) || /^(.)\1*$/u.test(plain)) return 'too-common';
  if (email !== undefined && (plain === email || plain === email.split('@')[0])) return 'is-email';
  return undefined;
}

/** For the person who chose it. */
export function describePasswordProblem(problem: PasswordProblem): string {
  switch (problem) {
    case 'too-short':
      return `is too short: at least ${String(MIN_LENGTH)} characters`;
    case 'too-long':
      return `is too long: at most ${String(MAX_LENGTH)} characters`;
    case 'too-common':
      return 'is one that everybody tries first';
    case 'is-email':
      return 'must not be the email address';
  }
}
