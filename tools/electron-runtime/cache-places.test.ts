import { expect, it } from 'vitest';
import { cachePlaces } from './cache-places.ts';

it('keeps runtimes where the person says, then in their cache folder, and only last inside the project', () => {
  const env = { STREAMWALL_CACHE_DIR: '/big/disk', XDG_CACHE_HOME: '/xdg' };
  expect(cachePlaces(env, '/home/ann', '/work')).toEqual([
    '/big/disk',
    '/xdg/streamwall',
    '/home/ann/.cache/streamwall',
    '/work/.cache/streamwall',
  ]);
  expect(cachePlaces({}, '/home/ann', '/work')).toEqual([
    '/home/ann/.cache/streamwall',
    '/work/.cache/streamwall',
  ]);
});

it('has a place for somebody without a home', () => {
  expect(cachePlaces({}, '', '/work')).toEqual(['/work/.cache/streamwall']);
});
