import { Role } from '#shared/model/role.ts';

/** What people can be; programs have keys. */
export const PERSON_ROLES = Role.options
  .filter((role) => role !== 'service')
  .map((role) => ({ value: role, words: role as string }));
