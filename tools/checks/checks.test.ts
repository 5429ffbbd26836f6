import { describe, expect, it } from 'vitest';
import { checkLock } from './check-lock.ts';
import { checkSpec } from './check-spec.ts';
import { readCruise } from './read-cruise.ts';

/** Ids are put together here, so that this file itself names no rule. */
const title = (id: string, more = ''): string => `it('${`[${id}]`}${more} holds', () => {});`;
const spec = (...ids: string[]): { path: string; text: string } => ({
  path: 'shared/x/SPEC.md',
  text: ['# Rules', ...ids.map((id) => `- **${id}** something holds.`)].join('\n'),
});
const test = (text: string): { path: string; text: string } => ({ path: 'shared/x/x.test.ts', text });

describe('rules and tests', () => {
  it('agree when each rule is named in a title', () => {
    const tests = [test([title('W1'), title('W2', '[W3]')].join('\n'))];
    expect(checkSpec([spec('W1', 'W2', 'W3')], tests)).toEqual({ rules: 3, problems: [] });
  });

  it('disagree over a rule without a test', () => {
    expect(checkSpec([spec('W1', 'W2')], [test(title('W1'))]).problems).toEqual([
      'rule W2 of shared/x/SPEC.md has no test that names it',
    ]);
  });

  it('disagree over a test that names no rule', () => {
    expect(checkSpec([spec()], [test(title('W9'))]).problems).toEqual([
      'shared/x/x.test.ts names rule W9, which is in no SPEC.md',
    ]);
  });

  it('disagree when one id means two rules', () => {
    const twice = [spec('W1'), { ...spec('W1'), path: 'shared/y/SPEC.md' }];
    expect(checkSpec(twice, [test(title('W1'))]).problems).toHaveLength(1);
  });

  it('are not named by an index, a comment or the middle of a title', () => {
    const text = "const x = cells[A1]; // [W1]\nit('is not [W1]', () => {});";
    expect(checkSpec([spec('W1')], [test(text)]).problems).toHaveLength(1);
  });
});

describe('the arrows', () => {
  const report = (totalCruised: number, violations: unknown[]): unknown => ({
    summary: {
      totalCruised,
      violations,
      ruleSetUsed: { forbidden: [{ name: 'no-cycles', comment: 'One idea.' }] },
    },
  });

  it('are right when modules were looked at and none is forbidden', () => {
    expect(readCruise(report(12, []))).toEqual({ modules: 12, problems: [] });
  });

  it('come with the reason of their rule, and a cycle with its whole round', () => {
    const cycle = { from: 'a', to: 'b', rule: { name: 'no-cycles' }, cycle: [{ name: 'b' }, { name: 'a' }] };
    expect(readCruise(report(2, [cycle])).problems).toEqual(['a → b → a\n  no-cycles: One idea.']);
  });

  it('are not believed when no module was looked at', () => {
    expect(readCruise(report(0, [])).problems).toHaveLength(1);
  });
});

describe('the lock file', () => {
  const wants = {
    'node_modules/lint': { optionalDependencies: { '@lint/linux': '1.0.0', '@lint/mac': '1.0.0' } },
  };

  it('is whole when every platform’s package is in it, wherever it lies', () => {
    const nested = { 'node_modules/@lint/linux': {}, 'node_modules/lint/node_modules/@lint/mac': {} };
    expect(checkLock({ packages: { '': {}, ...wants, ...nested } })).toEqual([]);
  });

  it('is not when the registry could not serve one while it was written', () => {
    const problems = checkLock({ packages: { ...wants, 'node_modules/@lint/linux': {} } });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('@lint/mac');
  });
});
