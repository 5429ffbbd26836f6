import { expect, it } from 'vitest';
import { Role } from '../model/role.ts';
import { maySignal } from './may-signal.ts';

it('admins and operators may reload a tile and take a still, nobody else', () => {
  for (const signal of ['reload', 'still'] as const)
    expect(Role.options.filter((role) => maySignal(role, signal))).toEqual(['admin', 'operator']);
});

it('whoever may look at a wall may see small stills of it', () => {
  expect(Role.options.filter((role) => !maySignal(role, 'thumbnail'))).toEqual(['service']);
});

it('only admins may open a page to log in, or look inside it', () => {
  for (const signal of ['open-page', 'devtools'] as const)
    expect(Role.options.filter((role) => maySignal(role, signal))).toEqual(['admin']);
});
