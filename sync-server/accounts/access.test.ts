import { describe, expect, it } from 'vitest';
import type { Role } from '#shared/model/role.ts';
import { decideAccess, type Grant, type Scope } from './access.ts';

const places = {
  catalogue: { name: 'catalogue', kind: 'catalogue' },
  wall: { name: 'wall:main', kind: 'wall' },
} as const;
type Kind = keyof typeof places;

const writes = (role: Role, kind: Kind, grants: readonly Grant[] = []): readonly string[] =>
  [...decideAccess({ role, grants }, places[kind]).writable].toSorted();

describe('what a key allows beyond its role', () => {
  it('is nothing to a bot without grants but the world in the catalogue', () => {
    expect(writes('service', 'catalogue')).toEqual(['events', 'locations', 'streamers', 'streams']);
    expect(decideAccess({ role: 'service', grants: [] }, places.wall)).toMatchObject({ mayRead: false });
    expect(writes('service', 'wall')).toEqual([]);
  });

  it('is what the grant says, and no more', () => {
    expect(writes('service', 'catalogue', ['ignore'])).toContain('ignore');
    expect(writes('service', 'wall', ['audio'])).toEqual(['audio']);
    expect(writes('service', 'wall', ['walls'])).toEqual([]);
    expect(decideAccess({ role: 'service', grants: ['walls'] }, places.wall).mayRead).toBe(true);
    expect(decideAccess({ role: 'service', grants: ['ignore'] }, places.wall).mayRead).toBe(false);
  });

  it('does not lift people who only watch', () => {
    const grants: readonly Grant[] = ['walls', 'ignore', 'audio'];
    expect(writes('viewer', 'wall', grants)).toEqual([]);
    expect(writes('monitor', 'wall', grants)).toEqual(['safety']);
    expect(writes('monitor', 'catalogue', grants)).toEqual([]);
  });

  it('never lets a bot, a monitor or a viewer bring others’ edits', () => {
    const roles: readonly Role[] = ['admin', 'operator', 'monitor', 'viewer', 'service'];
    const carry = roles.filter((role) => decideAccess({ role, grants: ['walls'] }, places.wall).mayCarry);
    expect(carry).toEqual(['admin', 'operator']);
  });
});

describe('a key for a part of what its role may', () => {
  const narrowed = (scope: Partial<Scope>, kind: Kind) =>
    decideAccess(
      { role: 'operator', grants: [], scope: { documents: undefined, roots: undefined, ...scope } },
      places[kind],
    );

  it('[AC14] opens the documents that it names and no others', () => {
    expect(narrowed({ documents: ['wall:main'] }, 'wall').mayRead).toBe(true);
    expect(narrowed({ documents: ['wall:*'] }, 'wall').mayRead).toBe(true);
    expect(narrowed({ documents: ['wall:other'] }, 'wall')).toMatchObject({
      mayRead: false,
      mayCarry: false,
    });
    expect([...narrowed({ documents: ['wall:*'] }, 'catalogue').writable]).toEqual([]);
    expect(narrowed({ documents: [] }, 'catalogue').mayRead).toBe(false);
  });

  it('[AC14] writes the roots that it names, as far as its role may, and brings nothing of others', () => {
    const access = narrowed({ roots: ['tiles', 'streams'] }, 'wall');
    expect([...access.writable]).toEqual(['tiles']);
    expect(access).toMatchObject({ mayRead: true, mayCarry: false });
    expect(narrowed({}, 'wall').mayCarry).toBe(true);
  });
});
