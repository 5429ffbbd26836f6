import { describe, expect, it } from 'vitest';
import css from './tokens.css?raw';

/** Which text may stand on which surface; every pair that the components use. */
const surfaces = ['ground', 'surface-1', 'surface-2', 'surface-3'] as const;
const texts = ['text-1', 'text-2', 'text-3'] as const;
const meanings = ['heard', 'recovering', 'failed', 'unsaved', 'hidden', 'focus'] as const;
const pairs: readonly (readonly [text: string, surface: string, atLeast: number])[] = [
  ...surfaces.flatMap((surface) => texts.map((text) => [text, surface, 4.5] as const)),
  ...['text-1', 'text-2'].map((text) => [text, 'wall', 4.5] as const),
  ...['ground', 'surface-1', 'surface-2'].flatMap((surface) =>
    meanings.map((meaning) => [meaning, surface, 4.5] as const),
  ),
  ['on-loud', 'loud', 4.5],
  ['on-loud', 'loud-hover', 4.5],
  // Shapes, not words.
  ...['surface-1', 'surface-2'].map((surface) => ['live', surface, 3] as const),
  ['focus', 'surface-3', 3],
  ['focus', 'wall', 3],
];

/** The tokens of one block; a theme is the first block with the theme's own values over it. */
function tokensOf(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const body = css.slice(css.indexOf('{', start) + 1, css.indexOf('\n}', start));
  return new Map(
    [...body.matchAll(/--([\w-]+):\s*([^;]+);/g)].map((match) => [match[1] ?? '', match[2] ?? '']),
  );
}

type Rgb = readonly [number, number, number];

/** An opaque OKLCH colour as linear sRGB, cut to what a screen can show. */
function linear(value: string): Rgb {
  const match = /^oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)$/.exec(value);
  if (match === null) throw new Error(`not an opaque OKLCH colour: ${value}`);
  const [lightness = 0, chroma = 0, hue = 0] = match.slice(1).map(Number);
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const rgb: Rgb = [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
  return [clip(rgb[0]), clip(rgb[1]), clip(rgb[2])];
}

const clip = (part: number) => Math.min(1, Math.max(0, part));

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [one, other]
    .map(linear)
    .map(([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b)
    .sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const base = tokensOf(':root');

describe.each([
  ['dark', base],
  ['light', new Map([...base, ...tokensOf("[data-theme='light']")])],
  ['contrast', new Map([...base, ...tokensOf("[data-theme='contrast']")])],
] as const)('in the %s theme', (_name, tokens) => {
  const colour = (name: string) => tokens.get(name) ?? `no token ${name}`;

  it.each(pairs)('%s can be read on %s (%d : 1)', (text, surface, atLeast) => {
    expect(contrast(colour(text), colour(surface))).toBeGreaterThanOrEqual(atLeast);
  });
});

it('every theme gives a value to every colour', () => {
  const colours = [...base].filter(([, value]) => value.startsWith('oklch')).map(([name]) => name);
  for (const selector of ["[data-theme='light']", "[data-theme='contrast']"]) {
    const missing = colours.filter((name) => !tokensOf(selector).has(name));
    expect(missing).toEqual([]);
  }
});
