import { expect, it } from 'vitest';
import { hintsFor, KNOWN_SITES, readSiteHints, SiteHints } from './site-hints.ts';

it('what ships with the program can be read like an operator’s own table', () => {
  expect(SiteHints.safeParse(KNOWN_SITES).success).toBe(true);
});

it('what is said of a site comes before what is said of all, and holds for its subdomains', () => {
  const rows = [
    { consent: ['.any'] },
    { hosts: ['example.org'], consent: ['.own'], playWords: ['go'] },
    { hosts: ['other.org'], consent: ['.other'] },
  ];
  expect(hintsFor('https://live.example.org/x', rows)).toEqual({
    consent: ['.own', '.any'],
    play: [],
    words: { consent: [], play: ['go'] },
  });
  expect(hintsFor('https://notexample.org/', rows).consent).toEqual(['.any']);
  expect(hintsFor('about:blank', rows).consent).toEqual(['.any']);
});

it('refusing is tried before accepting', () => {
  const { consent } = hintsFor('https://a.example/', KNOWN_SITES);
  expect(consent.indexOf('#onetrust-reject-all-handler')).toBeLessThan(
    consent.indexOf('#onetrust-accept-btn-handler'),
  );
});

it.each([
  ['{', 'it is not JSON'],
  ['{}', 'at '],
  ['[{"hosts": "a.example"}]', 'at 0.hosts'],
  ['[{"click": [".x"]}]', 'at '],
  [JSON.stringify([{ consent: ['x'.repeat(400)] }]), 'at 0.consent.0'],
])('the table %s is refused with the place of its fault', (text, words) => {
  const read = readSiteHints(text);
  expect(read.ok ? '' : read.error).toContain(words);
});
