/** The states and territories of the USA by their postal codes, with the newspapers' short forms after the name. */
const table: Readonly<Record<string, string>> = {
  AL: 'Alabama|Ala',
  AK: 'Alaska',
  AZ: 'Arizona|Ariz',
  AR: 'Arkansas|Ark',
  CA: 'California|Calif|Cali',
  CO: 'Colorado|Colo',
  CT: 'Connecticut|Conn',
  DE: 'Delaware|Del',
  DC: 'District of Columbia',
  FL: 'Florida|Fla',
  GA: 'Georgia',
  HI: 'Hawaii|Hawai i',
  ID: 'Idaho',
  IL: 'Illinois|Ill',
  IN: 'Indiana|Ind',
  IA: 'Iowa',
  KS: 'Kansas|Kan',
  KY: 'Kentucky',
  LA: 'Louisiana',
  ME: 'Maine',
  MD: 'Maryland',
  MA: 'Massachusetts|Mass',
  MI: 'Michigan|Mich',
  MN: 'Minnesota|Minn',
  MS: 'Mississippi|Miss',
  MO: 'Missouri',
  MT: 'Montana|Mont',
  NE: 'Nebraska|Neb',
  NV: 'Nevada|Nev',
  NH: 'New Hampshire',
  NJ: 'New Jersey|Jersey',
  NM: 'New Mexico',
  NY: 'New York',
  NC: 'North Carolina',
  ND: 'North Dakota',
  OH: 'Ohio',
  OK: 'Oklahoma|Okla',
  OR: 'Oregon|Ore',
  PA: 'Pennsylvania|Penn',
  RI: 'Rhode Island',
  SC: 'South Carolina',
  SD: 'South Dakota',
  TN: 'Tennessee|Tenn',
  TX: 'Texas|Tex',
  UT: 'Utah',
  VT: 'Vermont',
  VA: 'Virginia',
  WA: 'Washington|Wash',
  WV: 'West Virginia',
  WI: 'Wisconsin|Wis',
  WY: 'Wyoming|Wyo',
  PR: 'Puerto Rico',
  GU: 'Guam',
  VI: 'Virgin Islands',
  AS: 'American Samoa',
  MP: 'Northern Mariana Islands',
};

const rows = Object.entries(table).map(([code, names]) => ({ code, names: names.toLowerCase().split('|') }));

/** No state's name has more words than this. */
export const MAX_STATE_WORDS = 3;

const byName: ReadonlyMap<string, string> = new Map(rows.map(({ code, names }) => [names[0] ?? '', code]));
const byShortForm: ReadonlyMap<string, string> = new Map(
  rows.flatMap(({ code, names }) => names.slice(1).map((name) => [name, code] as const)),
);

/** The postal code of a state's full name, given as folded words with single spaces. */
export const stateOfName = (words: string): string | undefined => byName.get(words);

/** The postal code of a short form such as “Calif”; only trustworthy right behind a city of that state. */
export const stateOfShortForm = (word: string): string | undefined => byShortForm.get(word);

/** The code itself, in capitals, if it is one. */
export function stateOfCode(letters: string): string | undefined {
  const code = letters.toUpperCase();
  return code.length === 2 && Object.hasOwn(table, code) ? code : undefined;
}

const englishWords = new Set(['IN', 'OR', 'ME', 'HI', 'OK', 'OH', 'AS']);
const oftenOther = new Set([
  'PA',
  'MA',
  'LA',
  'AL',
  'DE',
  'ID',
  'CO',
  'MO',
  'MS',
  'MD',
  'PR',
  'VI',
  'MP',
  'VA',
  'AR',
  'CT',
]);

/** Codes that are words when somebody writes in capitals: “OK”, “OH NO”, “PORTLAND OR SEATTLE”. */
export const isEnglishWord = (code: string): boolean => englishWords.has(code);

/** Codes that alone, without a place before them, mostly mean something else. */
export const isOftenSomethingElse = (code: string): boolean => englishWords.has(code) || oftenOther.has(code);
