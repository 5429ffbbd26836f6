import { z } from 'zod';
import type { ActorId } from '#shared/model/ids.ts';
import type { Role } from '#shared/model/role.ts';

/** What a key may allow a program beyond its role. */
export const Grant = z.enum(['walls', 'ignore', 'audio']);
export type Grant = z.infer<typeof Grant>;

/** What a key is narrowed to, within its role; undefined for everything that the role may. */
export type Scope = {
  /** Names of documents; `wall:*` for every wall. */
  readonly documents: readonly string[] | undefined;
  /** Roots that may be written. */
  readonly roots: readonly string[] | undefined;
};

/** Somebody who proved who they are, and what they may do now. */
export type Account = {
  readonly actor: ActorId;
  readonly role: Role;
  readonly grants: readonly Grant[];
  readonly scope?: Scope | undefined;
  /** Undefined for as many as everybody. */
  readonly requestsPerMinute?: number | undefined;
};

export type Access = {
  readonly mayRead: boolean;
  readonly writable: ReadonlySet<string>;
  /** Whether it may bring edits that others made. */
  readonly mayCarry: boolean;
};

/** A document, as far as rights depend on it. */
export type Place = { readonly name: string; readonly kind: 'catalogue' | 'wall' };

const WORLD = ['streams', 'streamers', 'events', 'locations'];
const CATALOGUE_OF_PEOPLE = [...WORLD, 'ignore', 'walls', 'meta'];
const WALL_OF_PEOPLE = ['tiles', 'scenes', 'settings', 'rules', 'audio', 'safety', 'meta'];

/** The table "Roles" of ARCHITECTURE.md for one document, narrowed to what a key is for. */
export function decideAccess(account: Omit<Account, 'actor'>, { name, kind }: Place): Access {
  const access = byRole(account, kind);
  const { documents, roots } = account.scope ?? {};
  if (documents !== undefined && !documents.includes(name) && !documents.includes(`${kind}:*`))
    return NOTHING;
  if (roots === undefined) return access;
  return {
    ...access,
    writable: new Set([...access.writable].filter((root) => roots.includes(root))),
    // What is carried holds everything; a key for some roots is not for that.
    mayCarry: false,
  };
}

const NOTHING: Access = { mayRead: false, writable: new Set(), mayCarry: false };

function byRole({ role, grants }: Omit<Account, 'actor'>, kind: Place['kind']): Access {
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
