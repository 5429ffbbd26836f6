import { expect, it } from 'vitest';
import { LocationId } from '#shared/model/ids.ts';
import { streamOf } from '../wall-grid/sample-wall.ts';
import { mergeLocations, nameOfLocation, writeLocation } from './location-edits.ts';

const location = (id: string, more: { region?: string; country?: string; known?: boolean }) => ({
  ...{ id: LocationId.parse(id), city: 'Portland', known: false, addedAt: 0 },
  ...more,
});

it('of two places that are one, the other gets the streams and what it did not say', () => {
  const from = location('from', { region: 'ME', country: 'US', known: true });
  const commands = mergeLocations(from, location('into', { region: 'OR' }), [streamOf('a')]);
  expect(commands).toEqual([
    {
      type: 'put-location',
      id: 'into',
      fields: { city: 'Portland', region: 'OR', country: 'US', known: true },
    },
    { type: 'edit-stream', id: streamOf('a').id, changes: { location: 'into' } },
    { type: 'remove-location', id: 'from' },
  ]);
});

it('a place is named by what is known of it', () => {
  expect(nameOfLocation(location('a', { country: 'US' }))).toBe('Portland, US');
});

it('what is written anew takes the place of what was there, and coordinates stay', () => {
  const before = { ...location('a', { region: 'OR', country: 'US' }), latitude: 45.5, longitude: -122.6 };
  expect(writeLocation(before, { city: ' Salem ', region: 'OR', country: '' })).toEqual({
    ...{ city: 'Salem', region: 'OR', latitude: 45.5, longitude: -122.6, known: false },
  });
  expect(writeLocation(null, { city: 'Salem', region: '', country: '' })).toEqual({
    city: 'Salem',
    known: true,
  });
});
