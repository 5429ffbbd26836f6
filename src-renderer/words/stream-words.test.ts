import { expect, it } from 'vitest';
import { streamOf } from '../wall-grid/sample-wall.ts';
import { streamName, streamOrigin, streamPlace, streamStateWords } from './stream-words.ts';

const now = 1e12;
const hour = 3_600_000;

it('a stream is called by the best name it has, and never by nothing', () => {
  expect(streamName(streamOf('a', { label: 'Label', title: 'Title' }))).toBe('Label');
  expect(streamName(streamOf('a', { label: ' ', title: 'Title', source: 'Source' }))).toBe('Title');
  expect(streamName(streamOf('a', { source: 'Source' }))).toBe('Source');
  expect(streamName(streamOf('a'))).toBe('example.com/a');
});

it('what the name says already is not said twice', () => {
  expect(streamOrigin(streamOf('a', { label: 'Label', source: 'Crew' }))).toBe('Crew');
  expect(streamOrigin(streamOf('a', { source: 'Crew' }))).toBe('example.com/a');
});

it('a place is city and region, and the country only where there is no region', () => {
  expect(streamPlace(streamOf('a', { city: 'Oakland', region: 'CA', country: 'US' }))).toBe('Oakland, CA');
  expect(streamPlace(streamOf('a', { city: 'Oslo', country: 'Norway' }))).toBe('Oslo, Norway');
  expect(streamPlace(streamOf('a'))).toBe('');
});

it.each([
  [{ status: 'live', startedAt: now - 2 * hour - 14 * 60_000 }, 'live 2 h 14 min'],
  [{ status: 'live' }, 'live'],
  [{ status: 'live', startedAt: now + hour }, 'live'],
  [{ status: 'upcoming', startedAt: now + hour }, 'starts in 1 h'],
  [{ status: 'upcoming', startedAt: now - hour }, 'upcoming'],
  [{ status: 'offline', lastLiveAt: now - 3 * hour }, 'ended 3 h ago'],
  [{ status: 'offline', lastLiveAt: now - 3 * hour, endedAt: now - hour }, 'ended 1 h ago'],
  [{ status: 'offline' }, 'offline'],
  [{ status: 'unknown' }, 'not checked'],
  [{ status: 'unknown', statusAt: now }, 'unknown'],
  [{ status: 'gone' }, 'gone'],
] as const)('%o reads "%s"', (changes, words) => {
  expect(streamStateWords(streamOf('a', changes), now)).toBe(words);
});
