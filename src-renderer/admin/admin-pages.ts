import type { Role } from '#shared/model/role.ts';

export const PAGES = [
  ...(['overview', 'connected', 'users', 'keys', 'roles', 'catalogue', 'flags'] as const),
  ...(['audit', 'documents', 'transfer'] as const),
] as const;
export type PageName = (typeof PAGES)[number];

/** What somebody finds here: admins everything, whoever writes streams the list, and everybody what the roles are. */
export function pagesFor(role: Role): readonly PageName[] {
  switch (role) {
    case 'admin':
      return PAGES;
    case 'operator':
      return ['catalogue', 'roles', 'transfer'];
    case 'monitor':
    case 'viewer':
    case 'service':
      return ['catalogue', 'roles'];
  }
}

/** The page that an address names, or the first that is somebody's. */
export function pageAt(hash: string, role: Role): PageName {
  const own = pagesFor(role);
  return own.find((page) => `#${page}` === hash) ?? own[0] ?? 'roles';
}
