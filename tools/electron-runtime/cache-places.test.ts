import { expect, it } from 'vitest';
import { cachePlaces } from './cache-places.ts';

it('keeps runtimes where the person says, then in their cache folder, and only last inside the project', () => {
  const env = { STREAMWALL_CACHE_DIR: '/big/disk', XDG_CACHE_HOME: '/xdg' };
  expect(cachePlaces(env, '/home/ann', '/projects')).toEqual([
    '/big/disk',
    '/xdg/streamwall',
    '/home/ann/.cache/streamwall',
    '/projects/.cache/streamwall',
  ]);
  expect(cachePlaces({}, '/home/ann', '/projects')).toEqual([
    '/home/ann/.cache/streamwall',
    '/projects/.cache/streamwall',
  ]);
});

it('has a place for somebody without a home', () => {
  expect(cachePlaces({}, '', '/projects')).toEqual(['/projects/.cache/streamwall']);
});
