import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { indexCities } from './city-index.ts';
import { MAX_LINKS, MAX_REFUSED } from './find-links.ts';
import { readSighting } from './read-sighting.ts';
import { readStreamUrl } from './stream-url.ts';

const seed = Number(process.env['STREAMWALL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const long = process.env['STREAMWALL_LONG'] === '1';

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');

type Case = {
  readonly text: string;
  readonly expect: readonly Readonly<Record<string, string>>[];
  readonly city?: string | null;
  readonly region?: string | null;
  readonly note: string;
};

const cities = indexCities(
  (JSON.parse(fixture('known-cities.json')) as [string, string][]).map(([city, region]) => ({
    city,
    region,
  })),
);
const cases = fixture('sightings.jsonl')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case);

describe('messages as people write them', () => {
  it('[M15] there are cases to read', () => {
    expect(cases.length).toBeGreaterThan(80);
  });

  for (const example of cases) {
    it(`[M3] [M15] ${example.note}: ${JSON.stringify(example.text.slice(0, 60))}`, () => {
      const sighting = readSighting(example.text, cities);
      expect(sighting.streams).toMatchObject(example.expect);
      expect(sighting.streams).toHaveLength(example.expect.length);
      if (example.city !== undefined) expect(sighting.city).toBe(example.city);
      if (example.region !== undefined) expect(sighting.region).toBe(example.region);
    });
  }
});

describe('of any message', () => {
  const words = cases.flatMap(({ text }) => text.split(/(\s+|(?<=[/:.,])|(?=[/?#&]))/u));
  const marks =
    '<   > ( ) [ ] { } | * _ ~ ` " \' . , ; : ! ? @ # % & = / \\ - … 。 「 」 “ ” \u200b \u0000 \ud800 é 🔴'
      .split(' ')
      .concat(' ', '\n', '\t');
  const mutated = fc
    .array(
      fc.oneof(
        fc.constantFrom(...words),
        fc.constantFrom(...marks),
        fc.string({ unit: 'binary', maxLength: 4 }),
      ),
      { maxLength: 24 },
    )
    .map((parts) => parts.join(''));

  it(
    '[M5] [M18] reading never throws, and every stream it gives reads as itself',
    { timeout: 600_000 },
    () => {
      fc.assert(
        fc.property(mutated, (text) => {
          const { streams, refused } = readSighting(text, cities, { directMedia: text.length % 2 === 0 });
          for (const stream of streams) {
            const again = readStreamUrl(stream.url);
            expect(again).toMatchObject({ ok: true, value: { url: stream.url, identity: stream.identity } });
            expect(text).toContain(stream.text);
          }
          expect(new Set(streams.map(({ url }) => url)).size).toBe(streams.length);
          expect(refused.every(({ start, end }) => start < end && end <= text.length)).toBe(true);
        }),
        { seed, numRuns: long ? 1_000_000 : 10_000 },
      );
    },
  );

  it('[M11] [M15] what stands around a link, apart from it, changes nothing', () => {
    const links = cases.filter(({ expect: expected }) => expected.length === 1).map(({ text }) => text);
    const around = fc.constantFrom(
      ...[
        '',
        'watch ',
        'look: ',
        '\n',
        '> ',
        '- ',
        '🔴 ',
        '(',
        '**',
        'a, b; ',
        'https://cnn.com/x ',
        '<https://cnn.com/x> ',
      ],
    );
    fc.assert(
      fc.property(fc.constantFrom(...links), around, around, (link, before, after) => {
        const urls = (text: string) => readSighting(text, cities).streams.map(({ url }) => url);
        expect(urls(`${before}${link} ${after}`)).toEqual(urls(link));
      }),
      { seed, numRuns: 2_000 },
    );
  });
});

/** Were the time to grow with the square of the length, one of these would take hours. */
describe('a very long message of', () => {
  const size = long ? 1_000_000 : 300_000;
  it.each([
    ...[
      'a',
      '/',
      '//',
      ':',
      '.',
      '_',
      '%',
      '\\',
      '(',
      '<',
      '"',
      "a'",
      'A.',
      'a.',
      'a.a.a/',
      'é',
      '\u0301',
      '\ud800',
      ' ',
      '\n',
      '🔴',
    ],
    ...[
      'http',
      'http://',
      'https://',
      'twitch.tv',
      'twitch.tv/',
      'twitch.tv/a,',
      'https://twitch.tv/',
      '___twitch.tv/x',
      '(https://a/',
    ],
    ...[
      'https://evil.example/(',
      '<https://a>',
      '"https://a"',
      '[x](https://kick.com/a)',
      'https://kick.com/a ',
      'https://kick.com/%',
    ],
    ...[
      'https://www.youtube.com/@é',
      'https://www.youtube.com/redirect?q=',
      'https://www.twitch.tv/\\_',
      '&amp;',
      'data:a/b, ',
    ],
    ...[
      'Portland, ',
      'Portland OR ',
      'New York ',
      'St. ',
      'OR ',
      'Washington ',
      'north carolina ',
      '@a ',
      ':a: ',
      '#LosAngeles ',
      'Portland\n',
    ],
    'Portland https://kick.com/a1\n',
  ])('[M18] %j is read', (piece) => {
    const text = piece.repeat(Math.ceil(size / piece.length));
    const { streams, refused } = readSighting(text, cities, { directMedia: true });
    expect(streams.length).toBeLessThanOrEqual(MAX_LINKS);
    expect(refused.length).toBeLessThanOrEqual(MAX_REFUSED);
    expect(refused.every((link) => link.text.length <= 200 && link.message.length <= 500)).toBe(true);
  });
});
