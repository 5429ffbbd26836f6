import { expect, it } from 'vitest';
import { makeRoleTable } from './role-table.ts';

const table = makeRoleTable();
const may = (kind: string, what: string): string => {
  const { admin, operator, monitor, viewer, service } =
    table.find((row) => row.kind === kind && row.what === what)?.may ?? {};
  return [admin, operator, monitor, viewer, service].join(' ');
};

it('the table of roles that admins see is what the team agreed on', () => {
  expect(may('read', 'catalogue')).toBe('yes yes yes yes yes');
  expect(may('read', 'wall')).toBe('yes yes yes yes grant');
  for (const root of ['streams', 'streamers', 'events', 'locations'])
    expect([root, may('write', root)]).toEqual([root, 'yes yes no no yes']);
  expect(may('write', 'ignore')).toBe('yes yes no no grant');
  for (const root of ['walls', 'tiles', 'scenes', 'settings', 'rules'])
    expect([root, may('write', root)]).toEqual([root, 'yes yes no no no']);
  expect(may('write', 'audio')).toBe('yes yes no no grant');
  expect(may('write', 'safety')).toBe('yes yes yes no no');
  for (const signal of ['reload', 'still'])
    expect([signal, may('signal', signal)]).toEqual([signal, 'yes yes no no no']);
  for (const signal of ['open-page', 'devtools'])
    expect([signal, may('signal', signal)]).toEqual([signal, 'yes no no no no']);
  expect(may('signal', 'cover-broadcast')).toBe('yes yes yes no no');
  expect(may('signal', 'start-broadcast')).toBe('yes yes no no no');
  for (const what of ['users', 'invites', 'keys', 'flags', 'audit', 'restore'])
    expect([what, may('manage', what)]).toEqual([what, 'yes no no no no']);
});
