/** The languages that the control room speaks. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a language says where another says this: the same sentences, made from the same things. */
export type Words<T> = T extends string
  ? string
  : T extends (...given: infer Given) => string
    ? (...given: Given) => string
    : T extends readonly string[]
      ? readonly string[]
      : { readonly [Name in keyof T]: Words<T[Name]> };

/** As `Words`, but what is not said in it yet is said in English. */
export type Translation<T> = T extends string
  ? string
  : T extends (...given: infer Given) => string
    ? (...given: Given) => string
    : T extends readonly string[]
      ? readonly string[]
      : { readonly [Name in keyof T]?: Translation<T[Name]> };

const KEPT = 'streamwall.language';

/** The language of this page, from when it was opened: sentences stand in tables that are read once. */
export const language: Language = chosenLanguage();

/** How numbers and times are written; undefined: as the system does. */
export const locale: string | undefined = language === 'en' ? undefined : language;

function chosenLanguage(): Language {
  try {
    const kept = globalThis.localStorage.getItem(KEPT);
    return LANGUAGES.find((one) => one === kept) ?? 'en';
  } catch {
    return 'en';
  }
}

/** Draws the page anew in another language. */
export function speak(next: Language): void {
  localStorage.setItem(KEPT, next);
  location.reload();
}

/** The table of this page's language. */
export function inLanguage<English extends object>(
  english: English,
  german: Translation<English>,
): Words<English>;
export function inLanguage(english: object, german: unknown): unknown {
  const isTable = typeof german === 'object' && german !== null;
  return language === 'de' && isTable ? mixed(english, german) : english;
}

/** A list is said as a whole. */
const isWords = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** @returns the second table, with what it lacks from the first */
function mixed(base: object, over: object): object {
  const said = new Map<string, unknown>(Object.entries(over));
  return Object.fromEntries(
    Object.entries(base).map(([name, value]: [string, unknown]) => {
      const other = said.get(name);
      const isTable = isWords(value) && isWords(other);
      return [name, isTable ? mixed(value, other) : (other ?? value)];
    }),
  );
}

/** Where a table has nothing for what the first says, as paths; for the test that nothing is missing. */
export function missingWords(base: object, over: object, path = ''): readonly string[] {
  const said = new Map<string, unknown>(Object.entries(over));
  return Object.entries(base).flatMap(([name, value]: [string, unknown]) => {
    const other = said.get(name);
    if (typeof value !== typeof other) return [`${path}${name}`];
    const isTable =
      typeof value === 'object' && value !== null && typeof other === 'object' && other !== null;
    return isTable ? missingWords(value, other, `${path}${name}.`) : [];
  });
}
