import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { indexCities, type KnownCity } from './city-index.ts';
import { readPlace } from './read-place.ts';
import { readSighting } from './read-sighting.ts';

const known: KnownCity[] = (
  JSON.parse(readFileSync(new URL('./fixtures/known-cities.json', import.meta.url), 'utf8')) as [
    string,
    string,
  ][]
).map(([city, region]) => ({ city, region }));
const cities = indexCities(known);

type Row = readonly [text: string, city: string | null, region: string | null];

function each(rule: string, rows: readonly Row[]) {
  it.each(rows)(`${rule} %j is %j, %j`, (text, city, region) => {
    expect(readPlace(text, cities)).toEqual({ city, region });
  });
}

describe('cities', () => {
  each('[M19]', [
    ['Minneapolis', 'Minneapolis', 'MN'],
    ['downtown minneapolis right now', 'Minneapolis', 'MN'],
    ['CHICAGO!!!', 'Chicago', 'IL'],
    ['#LosAngeles protest', 'Los Angeles', 'CA'],
    ['Chicago’s mayor', 'Chicago', 'IL'],
    ['nothing here', null, null],
    ['Chicagoland', null, null],
    ['Los\nAngeles', null, null],
    ['Tacoma, WA', null, 'WA'],
    ['protest in Oregon', null, 'OR'],
    ['TX:', null, 'TX'],
    ['news (TX)', null, 'TX'],
    ['West Virginia', null, 'WV'],
    ['', null, null],
  ]);

  each('[M20]', [
    ['Saint Paul', 'St. Paul', 'MN'],
    ['St Paul', 'St. Paul', 'MN'],
    ['St.Paul, Minn.', 'St. Paul', 'MN'],
    ['FT. LAUDERDALE', 'Fort Lauderdale', 'FL'],
    ['Ft Lauderdale', 'Fort Lauderdale', 'FL'],
    ['Winston Salem', 'Winston-Salem', 'NC'],
    ['Winston–Salem', 'Winston-Salem', 'NC'],
    ['San José', 'San Jose', 'CA'],
    ['San Jose\u0301', 'San Jose', 'CA'],
    ['Coeur d’Alene', "Coeur d'Alene", 'ID'],
    ['coeur dalene', "Coeur d'Alene", 'ID'],
    ['Salt  Lake\u00a0City', 'Salt Lake City', 'UT'],
  ]);

  it('[M20] holds for the known list as well', () => {
    const others = indexCities([
      { city: 'Saint Louis', region: 'Missouri' },
      { city: 'Mt. Vernon', region: 'wa' },
    ]);
    expect(readPlace('St. Louis', others)).toEqual({ city: 'Saint Louis', region: 'MO' });
    expect(readPlace('Mount Vernon WA', others)).toEqual({ city: 'Mt. Vernon', region: 'WA' });
  });
});

describe('states', () => {
  each('[M21]', [
    ['Portland, OR', 'Portland', 'OR'],
    ['Portland OR', 'Portland', 'OR'],
    ['portland, or', 'Portland', 'OR'],
    ['Portland (ME)', 'Portland', 'ME'],
    ['Portland/ME', 'Portland', 'ME'],
    ['Portland - Maine', 'Portland', 'ME'],
    ['portland maine', 'Portland', 'ME'],
    ['Portland, Ore.', 'Portland', 'OR'],
    ['Columbus, Ga.', 'Columbus', 'GA'],
    ['Columbus Georgia', 'Columbus', 'GA'],
    ['OR: Portland', 'Portland', 'OR'],
    ['[MO] Kansas City', 'Kansas City', 'MO'],
    ['Oregon | Portland', 'Portland', 'OR'],
    ['Kansas City, Kansas', 'Kansas City', 'KS'],
    ['New Orleans, LA', 'New Orleans', 'LA'],
    ['Washington, D.C.', 'Washington', 'DC'],
    ['Vancouver, Washington', 'Vancouver', 'WA'],
    ['New York, New York', 'New York', 'NY'],
    ['Chicago, IL, USA', 'Chicago', 'IL'],
    ['Portland, Texas', null, 'TX'],
    ['Seattle, CA', null, 'CA'],
    ['Spokane, Washington', null, 'WA'],
    ['Washington State', null, 'WA'],
    ['upstate New York', null, 'NY'],
    ['Chicago, New York, LA', 'Chicago', 'IL'],
  ]);

  each('[M22]', [
    ['Portland', 'Portland', null],
    ['Kansas City', 'Kansas City', null],
    ['Portland has the most, says Oregon Public Broadcasting', 'Portland', 'OR'],
    ['Columbus police in Ohio', 'Columbus', 'OH'],
    ['Portland, ME. More from Portland', 'Portland', 'ME'],
    ['Portland, ME or Portland, OR? just Portland', 'Portland', 'ME'],
  ]);

  each('[M23]', [
    ['Portland or bust', 'Portland', null],
    ['portland or seattle', 'Seattle', 'WA'],
    ['PORTLAND OR SEATTLE', 'Seattle', 'WA'],
    ['PORTLAND, OR', 'Portland', 'OR'],
    ['LIVE IN PORTLAND OR', 'Portland', 'OR'],
    ['COLUMBUS OH MY GOD', 'Columbus', null],
    ['columbus oh', 'Columbus', 'OH'],
    ['Hey, OK', null, null],
    ['OK', null, null],
    ['OH NO', null, null],
    ['HI ALL, ME TOO', null, null],
    ['Oh, hi in or me', null, null],
  ]);
});

describe('words that are something else', () => {
  each('[M24]', [
    ['mobile', null, null],
    ['Mobile', null, null],
    ['watch on Mobile', null, null],
    ['Mobile, Alabama', 'Mobile', 'AL'],
    ['live in Reading', 'Reading', 'PA'],
    ['Reading chat', null, null],
    ['READING CHAT', null, null],
    ['Reading protest, all over Pennsylvania', 'Reading', 'PA'],
    ['Austin is live', null, null],
    ['Orlando’s stream', null, null],
    ['Austin police', 'Austin', 'TX'],
    ['from Austin', 'Austin', 'TX'],
    ['Austin, TX is live', 'Austin', 'TX'],
    ['38th and Chicago Ave, Minneapolis', 'Minneapolis', 'MN'],
    ['Columbus Day', null, null],
  ]);

  each('[M25]', [
    ['NYC', 'New York', 'NY'],
    ['new york city', 'New York', 'NY'],
    ['Philly', 'Philadelphia', 'PA'],
    ['vegas', 'Las Vegas', 'NV'],
    ['nola', 'New Orleans', 'LA'],
    ['PDX', 'Portland', 'OR'],
    ['KCMO', 'Kansas City', 'MO'],
    ['LA', 'Los Angeles', 'CA'],
    ['downtown LA', 'Los Angeles', 'CA'],
    ['L.A. protest', 'Los Angeles', 'CA'],
    ['DC', 'Washington', 'DC'],
    ['SF', 'San Francisco', 'CA'],
    ['la migra', null, null],
    ['LA LA LA', null, null],
    ['Lafayette LA', null, null],
    ['Lafayette, LA', null, 'LA'],
    ['mia, pit, oak, nor, col, det', null, null],
    ['he dc', null, null],
    ['STL', null, null],
  ]);

  each('[M26]', [
    ['Paris, France', null, null],
    ['Paris France', null, null],
    ['Vancouver, BC', null, null],
    ['Vancouver BC', null, null],
    ['Vancouver, British Columbia', null, null],
    ['Paris, TX', 'Paris', 'TX'],
    ['Vancouver WA', 'Vancouver', 'WA'],
  ]);

  it('[M26] unless the operators know the one abroad', () => {
    const abroad = indexCities([
      ...known,
      { city: 'Vancouver', region: 'BC' },
      { city: 'Paris', region: 'Île-de-France' },
    ]);
    expect(readPlace('Vancouver, BC', abroad)).toEqual({ city: 'Vancouver', region: 'BC' });
    expect(readPlace('Paris, Ile de France', abroad)).toEqual({ city: 'Paris', region: 'Île-de-France' });
    expect(readPlace('Vancouver', abroad)).toEqual({ city: 'Vancouver', region: null });
  });

  it.each([
    ['https://www.twitch.tv/chicago'],
    ['https://example.com/Chicago/IL'],
    ['example.com/Chicago'],
    ['@Chicago'],
    ['@chicago_mod hi'],
    ['<:Chicago:123456> <#123>'],
    [':chicago:'],
    ['tips@chicago.example'],
  ])('[M27] %j names no place', (text) => {
    expect(readSighting(text, cities)).toMatchObject({ city: null, region: null });
  });

  it('[M25] nicknames of unknown cities mean nothing', () => {
    expect(readPlace('NYC PDX LA', indexCities([]))).toEqual({ city: null, region: null });
  });
});

describe('several places', () => {
  const [a, b, c] = ['https://kick.com/cam1', 'https://kick.com/cam2', 'https://kick.com/cam3'];
  const where = (text: string) =>
    readSighting(text, cities).streams.map(({ city, region }) => `${city}, ${region}`);

  it.each([
    [`Chicago: ${a} Denver, CO: ${b}`, ['Chicago, IL', 'Denver, CO']],
    [`${a} - Oakland, CA ${b} - Denver`, ['Oakland, CA', 'Denver, CO']],
    [`Chicago, IL\n${a}\n${b}\n\nPortland, OR\n${c}`, ['Chicago, IL', 'Chicago, IL', 'Portland, OR']],
    [`${a}\nChicago\n${b}\nDenver`, ['Chicago, IL', 'Denver, CO']],
    [`${a} Chicago\n${b} Denver`, ['Chicago, IL', 'Denver, CO']],
    [`Minneapolis MN: ${a}\nTexas: ${b}`, ['Minneapolis, MN', 'null, TX']],
    [`Chicago ${a} ${b} Denver ${c}`, ['Chicago, IL', 'Chicago, IL', 'Denver, CO']],
    [`Chicago and ${a} and ${b}`, ['Chicago, IL', 'Chicago, IL']],
    [`${a}\nChicago: ${b}\nDenver: ${c}`, ['null, null', 'Chicago, IL', 'Denver, CO']],
    [`[Chicago](${a}) [Denver](${b})`, ['Chicago, IL', 'Denver, CO']],
  ] as [string, string[]][])('[M28] %j are at %j', (text, places) => {
    expect(where(text)).toEqual(places);
  });

  it('[M28] the message is where its first link is', () => {
    expect(readSighting(`Seattle\n${a} Chicago\n${b} Denver`, cities)).toMatchObject({
      city: 'Chicago',
      region: 'IL',
    });
    expect(readPlace('Seattle, then Portland, OR', cities)).toEqual({ city: 'Portland', region: 'OR' });
  });
});
