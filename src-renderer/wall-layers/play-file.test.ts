import { expect, it } from 'vitest';
import { httpFault } from './http-fault.ts';
import { fileFault } from './play-file.ts';

it.each([
  [{ code: 4, message: '404: Not Found' }, 'page-not-found'],
  [{ code: 4, message: '403: Forbidden' }, 'blocked'],
  [{ code: 4, message: 'MEDIA_ELEMENT_ERROR: Format error' }, 'unsupported'],
  [{ code: 3, message: 'PIPELINE_ERROR_DECODE' }, 'unsupported'],
  [{ code: 2, message: 'PIPELINE_ERROR_READ' }, 'network'],
  [null, 'network'],
])('the error %o means %s', (error, fault) => {
  expect(fileFault(error)).toBe(fault);
});

it.each([
  [0, 'network'],
  [401, 'login-needed'],
  [403, 'blocked'],
  [404, 'page-not-found'],
  [413, 'unsupported'],
  [502, 'network'],
])('an answer of %i means %s', (status, fault) => {
  expect(httpFault(status)).toBe(fault);
});
