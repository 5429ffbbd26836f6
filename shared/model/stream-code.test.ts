import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proposeStreamCode, type CodeSource } from './stream-code.ts';
import { Link, StreamCode } from './stream.ts';

const seed = Number(process.env['STREAMWALL_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const link = Link.parse('https://www.twitch.tv/unicornriot');
const free = () => false;
const takenBy = (codes: readonly string[]) => (code: StreamCode) => codes.includes(code);

describe('a proposed code', () => {
  it.each([
    [{ label: 'Woke', source: 'Unicorn Riot', username: 'x', link }, 'wok'],
    [{ source: 'Unicorn Riot', username: 'x', link }, 'uni'],
    [{ username: 'streetview', link }, 'str'],
    [{ link }, 'twi'],
    [{ label: 'The Woke Net' }, 'wok'],
    [{ label: 'Theatre' }, 'the'],
    [{ label: 'https://www.example.com/cam' }, 'exa'],
    [{ label: 'A. B!' }, 'ab'],
    [{ label: 'Ünïcörn' }, 'uni'],
    [{ label: '🔴 LIVE' }, 'liv'],
    [{ label: 'ウェザー', username: 'weather' }, 'wea'],
    [{ label: 'The', link }, 'twi'],
    [{}, 's'],
  ] satisfies [CodeSource, string][])('[M29] of %j is %s', (stream, code) => {
    expect(proposeStreamCode(stream, free)).toBe(code);
  });

  it('[M29] gets the first number that is free', () => {
    expect(proposeStreamCode({ label: 'Woke' }, takenBy(['wok']))).toBe('wok1');
    expect(proposeStreamCode({ label: 'Woke' }, takenBy(['wok', 'wok1', 'wok2', 'wok4']))).toBe('wok3');
  });

  it('[M29] is found in a few looks, also where thousands begin alike', () => {
    const taken = new Set<string>();
    let looks = 0;
    for (let i = 0; i < 5_000; i += 1) {
      looks = 0;
      const code = proposeStreamCode({ label: 'Camera' }, (proposed) => {
        looks += 1;
        return taken.has(proposed);
      });
      expect(taken.has(code)).toBe(false);
      taken.add(code);
    }
    expect([...taken].at(-1)).toBe('cam4999');
    expect(looks).toBeLessThan(150);
  });

  it('[M29] is refused when every number is taken', () => {
    expect(() => proposeStreamCode({ label: 'Camera' }, () => true)).toThrow(/every code/);
  });

  it('[M29] is a code that was not taken, whatever the stream is called', () => {
    const name = fc.option(fc.string({ unit: 'binary', maxLength: 20 }), { nil: undefined });
    fc.assert(
      fc.property(name, name, fc.array(name, { maxLength: 8 }), (label, source, others) => {
        const taken = new Set<string>();
        for (const other of [label, ...others]) {
          const stream = {
            ...(other === undefined ? {} : { label: other }),
            ...(source === undefined ? {} : { source }),
          };
          const code = proposeStreamCode(stream, (proposed) => taken.has(proposed));
          expect(StreamCode.safeParse(code).success).toBe(true);
          expect(taken.has(code)).toBe(false);
          taken.add(code);
        }
      }),
      { seed },
    );
  });
});
