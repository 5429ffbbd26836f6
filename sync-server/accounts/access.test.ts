import { describe, expect, it } from 'vitest';
import type { Role } from '#shared/model/role.ts';
import { decideAccess, type Grant } from './access.ts';

const writes = (role: Role, kind: 'catalogue' | 'wall', grants: readonly Grant[] = []): readonly string[] =>
  [...decideAccess({ role, grants }, kind).writable].toSorted();

describe('what a key allows beyond its role', () => {
  it('is nothing to a bot without grants but the world in the catalogue', () => {
    expect(writes('service', 'catalogue')).toEqual(['events', 'locations', 'streamers', 'streams']);
    expect(decideAccess({ role: 'service', grants: [] }, 'wall')).toMatchObject({ mayRead: false });
    expect(writes('service', 'wall')).toEqual([]);
  });

  it('is what the grant says, and no more', () => {
    expect(writes('service', 'catalogue', ['ignore'])).toContain('ignore');
    expect(writes('service', 'wall', ['audio'])).toEqual(['audio']);
    expect(writes('service', 'wall', ['walls'])).toEqual([]);
    expect(decideAccess({ role: 'service', grants: ['walls'] }, 'wall').mayRead).toBe(true);
    expect(decideAccess({ role: 'service', grants: ['ignore'] }, 'wall').mayRead).toBe(false);
  });

  it('does not lift people who only watch', () => {
    const grants: readonly Grant[] = ['walls', 'ignore', 'audio'];
    expect(writes('viewer', 'wall', grants)).toEqual([]);
    expect(writes('monitor', 'wall', grants)).toEqual(['safety']);
    expect(writes('monitor', 'catalogue', grants)).toEqual([]);
  });

  it('never lets a bot, a monitor or a viewer bring others’ edits', () => {
    const roles: readonly Role[] = ['admin', 'operator', 'monitor', 'viewer', 'service'];
    const carry = roles.filter((role) => decideAccess({ role, grants: ['walls'] }, 'wall').mayCarry);
    expect(carry).toEqual(['admin', 'operator']);
  });
});
