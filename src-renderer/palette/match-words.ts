/** Lower case and without accents, so that what is typed in a hurry is found. */
const folded = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '');

/**
 * How well a line of the palette fits what was typed: each typed word must be in it. 0: not at all. Letters that lie
 * scattered over a line are no match: a hurried hand takes the first that is shown.
 */
export function matchWords(line: string, typed: string): number {
  const text = ` ${folded(line)}`;
  const words = folded(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return 1;
  const begun = words.filter((word) => text.includes(` ${word}`)).length;
  if (!words.every((word) => text.includes(word))) return 0;
  const isWhole = text.includes(` ${words.join(' ')}`);
  return (
    (0.2 + (0.4 * begun) / words.length + (isWhole ? 0.3 : 0)) * (1 - Math.min(text.length, 1000) / 10_000)
  );
}
