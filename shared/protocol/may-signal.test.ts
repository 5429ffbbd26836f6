import { expect, it } from 'vitest';
import { TileId } from '../model/ids.ts';
import { Role } from '../model/role.ts';
import type { DelayWish } from './delay-state.ts';
import { mayAskFor, maySignal } from './may-signal.ts';

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

it('a monitor, too, covers and uncovers a broadcast; starting and ending it is for admins and operators', () => {
  const who = (wish: DelayWish) =>
    Role.options.filter((role) => mayAskFor(role, { signal: 'ask-delay', at: 'mark-0001', wish }));
  for (const on of [true, false])
    expect(who({ type: 'censor', on })).toEqual(['admin', 'operator', 'monitor']);
  for (const running of [true, false])
    expect(who({ type: 'stream', running })).toEqual(['admin', 'operator']);
  const tile = TileId.parse('a');
  expect(Role.options.filter((role) => mayAskFor(role, { signal: 'devtools', tile }))).toEqual(['admin']);
});
