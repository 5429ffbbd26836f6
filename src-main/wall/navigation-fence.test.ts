import { expect, it } from 'vitest';
import { mayNavigate, type NavigationStep } from './navigation-fence.ts';

const asked = 'https://www.example.com/live';
const step = (to: string, fields: Partial<NavigationStep> = {}) =>
  mayNavigate({ to, asked, arrived: asked, isMainFrame: true, isRedirect: false, ...fields });

it.each([
  'https://www.example.com/other',
  'https://example.com/',
  'http://m.example.com/live',
  'https://player.www.example.com/',
])('a page may go to %s, on its own site', (to) => {
  expect(step(to)).toBe(true);
});

it.each([
  'https://evil.example/',
  'https://notexample.com/',
  'https://example.com.evil.example/',
  'file:///etc/passwd',
  'streamwall://app/control.html',
  'javascript:alert(1)',
  'data:text/html,hi',
  'blob:https://www.example.com/1',
  'about:blank',
  'chrome://settings',
  'mailto:a@example.com',
  'not an address',
])('a page may not go to %s', (to) => {
  expect(step(to)).toBe(false);
});

it('the first answer may lead anywhere on the web, and the page then belongs there', () => {
  expect(step('https://elsewhere.example/live', { arrived: null, isRedirect: true })).toBe(true);
  expect(step('https://elsewhere.example/next', { arrived: 'https://elsewhere.example/live' })).toBe(true);
  expect(step('file:///etc/passwd', { arrived: null, isRedirect: true })).toBe(false);
});

it('later redirects, and a page that sends itself away before it arrived, are held', () => {
  expect(step('https://elsewhere.example/live', { isRedirect: true })).toBe(false);
  expect(step('https://elsewhere.example/live', { arrived: null })).toBe(false);
});

it('frames show any page of the web and what their page made, but no file and none of ours', () => {
  const inFrame = { isMainFrame: false };
  expect(step('https://player.elsewhere.example/embed', inFrame)).toBe(true);
  expect(step('about:srcdoc', inFrame)).toBe(true);
  expect(step('blob:https://www.example.com/1', inFrame)).toBe(true);
  expect(step('file:///etc/passwd', inFrame)).toBe(false);
  expect(step('streamwall://app/overlay.html', inFrame)).toBe(false);
});
