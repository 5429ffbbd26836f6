/** How many colours there are for people; `tokens.css` names them `person-0` and on. */
const PERSON_HUES = 8;

/** The colour of a person, the same on every screen, from what they are called. */
export function personHue(name: string): number {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003;
  return sum % PERSON_HUES;
}
