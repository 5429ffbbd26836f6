import { Role } from '#shared/model/role.ts';
import { messages } from './messages.ts';

/** What people can be; programs have keys. */
export const PERSON_ROLES = Role.options
  .filter((role) => role !== 'service')
  .map((role) => ({ value: role, words: messages.roleNames[role] }));
