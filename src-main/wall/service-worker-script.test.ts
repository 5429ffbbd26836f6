import { expect, it } from 'vitest';
import { isServiceWorkerScript } from './service-worker-script.ts';

it('a request for the script of a service worker is known by its header, however it is written', () => {
  expect(isServiceWorkerScript({ Accept: '*/*', 'Service-Worker': 'script' })).toBe(true);
  expect(isServiceWorkerScript({ 'service-worker': 'script' })).toBe(true);
});

it('any other request is not one', () => {
  expect(isServiceWorkerScript({ Accept: '*/*' })).toBe(false);
  expect(isServiceWorkerScript({ 'Service-Worker-Allowed': 'script' })).toBe(false);
});
