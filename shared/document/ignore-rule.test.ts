import { describe, expect, it } from 'vitest';
import { ignoreIdOf, ignoreValue } from './ignore-rule.ts';

describe('an ignore rule', () => {
  it.each([
    ['https://youtu.be/abcdefghijk?si=x', 'https://www.youtube.com/watch?v=abcdefghijk'],
    ['m.twitch.tv/BadGuy', 'https://www.twitch.tv/badguy'],
    ['HTTPS://Foo.example/Live/', 'https://foo.example/Live'],
    ['https://foo.example/', 'https://foo.example'],
    ['foo.example/a?B=c&fbclid=1', 'https://foo.example/a?B=c'],
    ['no address at all', 'https://no address at all'],
  ])('[C10] of the address %s is one with every way to write it', (text, value) => {
    expect(ignoreValue('url', text)).toBe(value);
    expect(ignoreValue('url', value)).toBe(value);
    expect(ignoreIdOf('url', ignoreValue('url', text))).toBe(ignoreIdOf('url', value));
  });

  it.each([
    'spam.example',
    'www.Spam.example',
    'https://spam.example/path',
    'spam.example:8443',
    'spam.example.',
  ])('[C10] of the domain %s is one with every way to write it', (text) => {
    expect(ignoreValue('domain', text)).toBe('spam.example');
  });

  it('[C10] of nothing is none', () => {
    for (const list of ['twitch_user', 'discord_user', 'domain'] as const)
      expect(ignoreValue(list, '  ')).toBe('');
  });
});
