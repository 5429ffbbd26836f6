import { expect, it } from 'vitest';
import { goneFault, loadFault, statusFault } from './page-faults.ts';

it.each([
  [200, null],
  [304, null],
  [404, 'page-not-found'],
  [410, 'page-not-found'],
  [401, 'login-needed'],
  [403, 'blocked'],
  [451, 'blocked'],
  [500, 'network'],
  [503, 'network'],
])('an answer of %i means %s', (status, fault) => {
  expect(statusFault(status)).toBe(fault);
});

it.each([
  [-3, null],
  [-7, 'timeout'],
  [-118, 'timeout'],
  [-105, 'network'],
  [-106, 'network'],
  [-102, 'network'],
  [-201, 'blocked'],
  [-202, 'blocked'],
  [-20, 'private-address'],
  [-27, 'blocked'],
])('a load that ends with %i means %s', (code, fault) => {
  expect(loadFault(code)).toBe(fault);
});

it('a page that used up its memory is told from one that crashed', () => {
  expect(goneFault('oom')).toBe('out-of-memory');
  expect(goneFault('killed')).toBe('crashed');
});
