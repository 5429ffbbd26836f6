import type { ActorId } from '#shared/model/ids.ts';
import type { Role } from '#shared/model/role.ts';
import { z } from 'zod';

/** What a key may allow a program beyond its role. */
export const Grant = z.enum(['walls', 'ignore', 'audio']);
export type Grant = z.infer<typeof Grant>;

/** Somebody who proved who they are, and what they may do now. */
export type Account = { readonly actor: ActorId; readonly role: Role; readonly grants: readonly Grant[] };

export type Access = {
  readonly mayRead: boolean;
  readonly writable: ReadonlySet<string>;
  /** Whether it may bring edits that others made. */
  readonly mayCarry: boolean;
};

const WORLD = ['streams', 'streamers', 'events', 'locations'];
const CATALOGUE_OF_PEOPLE = [...WORLD, 'ignore', 'walls', 'meta'];
const WALL_OF_PEOPLE = ['tiles', 'scenes', 'settings', 'rules', 'audio', 'safety', 'meta'];

/** The table "Roles" of ARCHITECTURE.md, for one kind of document. */
export function decideAccess({ role, grants }: Omit<Account, 'actor'>, kind: 'catalogue' | 'wall'): Access {
  const access = (mayRead: boolean, roots: readonly string[], mayCarry = false): Access => ({
    mayRead,
    writable: new Set(roots),
    mayCarry,
  });
  switch (role) {
    case 'admin':
    case 'operator':
      return access(true, kind === 'catalogue' ? CATALOGUE_OF_PEOPLE : WALL_OF_PEOPLE, true);
    case 'monitor':
      return access(true, kind === 'wall' ? ['safety'] : []);
    case 'viewer':
      return access(true, []);
    case 'service':
      if (kind === 'catalogue') return access(true, grants.includes('ignore') ? [...WORLD, 'ignore'] : WORLD);
      return access(
        grants.includes('walls') || grants.includes('audio'),
        grants.includes('audio') ? ['audio'] : [],
      );
  }
}
