import { expect, it } from 'vitest';
import type { ActorId } from '#shared/model/ids.ts';
import { whoOfChange } from './who-of-change.ts';

const who = (actor: string, name?: string, me = 'user:7') =>
  whoOfChange({ actor: actor as ActorId, ...(name === undefined ? {} : { name }) }, me);

it('people are called by their names, oneself is “you”, and no account’s number is shown', () => {
  expect(who('user:7', 'Ana')).toBe('you');
  expect(who('user:3x9', 'Ana')).toBe('Ana');
  expect(who('user:3x9')).toBe('somebody who has left');
  expect(who('service:status')).toBe('status');
  expect(who('service:k1', 'Discord bot')).toBe('Discord bot');
  expect(who('rule:Pinned')).toBe('the rule Pinned');
});
