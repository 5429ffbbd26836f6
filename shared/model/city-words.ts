const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/));

/** Names of cities that are ordinary words: only a stated state or “in Reading” makes them cities. */
export const ordinaryWords = set(`
  academy alert ball bath beacon bend best blue bell boring brush buffalo cable call camp cash champion chance chase clay coal
  cloud commerce cool corn corona cotton council cool cross crow crystal cut dale deal defiance delight dollar early earth eden
  eagle energy enigma enterprise equality escape experiment fair fairplay faith falls fate fire fort frost gap gas globe gold
  golden good grace grand granite green harmony hazard heath hercules high hope hot hunter hurricane ice independence
  industry inn iron island joy justice keys kill lake lead liberal liberty lime loop lone lost love marathon mars media
  mercy mission mobile moon mountain muse natural new nice normal novice oblong ocean odd only opportunity orange orient
  page paradise parade park peace peculiar phoenixville pie plain plains plane pop power price progress protection
  purchase rapid raven reading ready republic rescue rich ridge rifle river rock rose rush sandy santa sparks speed spring
  star steel street sugar summit sun sunrise sunset superior supply surprise temple tide time tool tower town trinity true
  truth union unity valentine valley value victor victory video volt wall waters welcome west why wing winner wood yellow
  yoder zap
`);

/** Names of cities that are also given names: “Austin is live” speaks of a person. */
export const givenNames = set(`
  ada alexandria allen amelia anderson aurora austin beverly brandon brooklyn bryan carmel carson charlotte chester clayton
  clifton douglas eugene everett florence frederick garland gary grant helena henderson irving jackson jasper jordan kent
  kyle laurel lawrence lincoln logan madison marion marshall mason mia miles milton morgan nancy nelson oakley oliver olivia
  orlando parker riley rogers roy savannah sharon shelby sheldon sherman sidney sierra sterling stuart taylor trenton troy
  tyler vernon victoria vincent virginia warren wayne wesley weston wilson
`);

/** What a person does right after his or her name. */
export const personVerbs = set(`
  is was has had says said just went goes going got gets will would can could did does thinks thought streams streaming
  live hosting hosts raided raids playing plays and
`);

/** After these a city's name is a street's, a ship's or a holiday's. */
export const streetWords = set(
  `ave avenue street blvd boulevard rd road drive lane ln hwy highway pkwy parkway circle day river`,
);

/** Before these a name says where something is. */
export const placePrepositions = set(`in from near downtown around outside at across central greater`);

/** Short words that open a sentence before a comma: “Hey, OK”. */
export const interjections = set(`
  hey well yeah yes sure wait alright okay hmm nope thanks please guys folks everyone sorry aloha hello look listen omg
  wow lol true right cool great nice good damn yo so no oh ah
`);

/** Behind a city's name these say that another city of that name is meant. */
export const foreignPlaces: ReadonlySet<string> = new Set(
  `afghanistan|alberta|algeria|argentina|australia|austria|bangladesh|belarus|belgium|bolivia|brazil|british columbia|bulgaria
  |canada|chile|china|colombia|costa rica|croatia|cuba|cyprus|czechia|czech republic|denmark|ecuador|egypt|england|estonia
  |ethiopia|finland|france|germany|ghana|greece|haiti|honduras|hong kong|hungary|iceland|india|indonesia|iran|iraq|ireland
  |israel|italy|jamaica|japan|jordan|kenya|latvia|lebanon|libya|lithuania|malaysia|manitoba|mexico|morocco|nepal|netherlands
  |new brunswick|new zealand|nicaragua|nigeria|north korea|northern ireland|norway|nova scotia|ontario|pakistan|palestine
  |panama|paraguay|peru|philippines|poland|portugal|quebec|romania|russia|saskatchewan|saudi arabia|scotland|senegal|serbia
  |singapore|slovakia|slovenia|south africa|south korea|spain|sudan|sweden|switzerland|syria|taiwan|thailand|tunisia|turkey
  |turkiye|uae|uk|ukraine|united kingdom|uruguay|venezuela|vietnam|wales|yemen`
    .split('|')
    .map((name) => name.trim()),
);

/** Provinces by their codes; in capitals only. */
export const foreignCodes = new Set([
  'BC',
  'AB',
  'MB',
  'ON',
  'QC',
  'SK',
  'NS',
  'NB',
  'NL',
  'PEI',
  'UK',
  'UAE',
]);

/** A nickname, the city that it stands for as folded words with its state, and how it must be written to be safe. */
export const aliases: readonly (readonly [
  alias: string,
  city: string,
  region: string,
  written: 'any' | 'capitals' | 'capital',
])[] = [
  ['nyc', 'new york', 'NY', 'any'],
  ['new york city', 'new york', 'NY', 'any'],
  ['manhattan', 'new york', 'NY', 'capital'],
  ['la', 'los angeles', 'CA', 'capitals'],
  ['dtla', 'los angeles', 'CA', 'any'],
  ['sf', 'san francisco', 'CA', 'capitals'],
  ['san fran', 'san francisco', 'CA', 'any'],
  ['dc', 'washington', 'DC', 'capitals'],
  ['philly', 'philadelphia', 'PA', 'any'],
  ['vegas', 'las vegas', 'NV', 'any'],
  ['nola', 'new orleans', 'LA', 'any'],
  ['atl', 'atlanta', 'GA', 'capitals'],
  ['chitown', 'chicago', 'IL', 'any'],
  ['chi town', 'chicago', 'IL', 'any'],
  ['pdx', 'portland', 'OR', 'any'],
  ['slc', 'salt lake city', 'UT', 'any'],
  ['okc', 'oklahoma city', 'OK', 'any'],
  ['kcmo', 'kansas city', 'MO', 'any'],
  ['kck', 'kansas city', 'KS', 'any'],
  ['stl', 'st louis', 'MO', 'capitals'],
  ['mpls', 'minneapolis', 'MN', 'any'],
  ['indy', 'indianapolis', 'IN', 'capital'],
  ['cincy', 'cincinnati', 'OH', 'any'],
  ['bmore', 'baltimore', 'MD', 'any'],
  ['abq', 'albuquerque', 'NM', 'any'],
  ['phx', 'phoenix', 'AZ', 'capitals'],
  ['jax', 'jacksonville', 'FL', 'capitals'],
  ['h town', 'houston', 'TX', 'any'],
];
