import { expect, it } from 'vitest';
import { dashFault } from './dash-fault.ts';

it.each([
  [{ code: 25, data: { response: { status: 404 } } }, 'page-not-found'],
  [{ code: 25, data: { response: { status: 403 } } }, 'blocked'],
  [{ code: 27, data: { response: { status: 0 } } }, 'network'],
  [{ code: 10 }, 'no-media'],
  [{ code: 111 }, 'blocked'],
  [{ code: 35 }, 'unsupported'],
  ['download', 'network'],
  [undefined, 'network'],
])('what dash.js says as %o means %s', (error, fault) => {
  expect(dashFault(error)).toBe(fault);
});
