import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toldInGerman } from './told-german.ts';
import { createTranslator, inOwnWords } from './told-words.ts';

const say = createTranslator(toldInGerman);
const PROJECT = resolve(import.meta.dirname, '../..');

describe('what the program says', () => {
  it('is said in German, with what was filled in, sentence after sentence', () => {
    expect(say('The code “woo” belongs to another stream. Choose one that is free.')).toBe(
      'Der Code „woo“ gehört einem anderen Stream. Wähle einen freien.',
    );
    expect(say('The page has no video. Trying again now.')).toBe(
      'Die Seite hat kein Video. Es wird jetzt noch einmal versucht.',
    );
    expect(say('That does not fit on the wall, which has 3 x 4 cells.')).toBe(
      'Das passt nicht auf die Wand, sie hat 3 × 4 Felder.',
    );
    expect(say('An admin has switched kick off: nothing new of it is taken.')).toBe(
      'kick ist ausgeschaltet: Neues davon wird nicht angenommen.',
    );
    expect(say('The account twitch woo belongs to “Ann B”. Take it away there first.')).toBe(
      'Das Konto twitch woo gehört zu „Ann B“. Nimm es zuerst dort weg.',
    );
  });

  it('stays as it is where it is not known, also in part, and in English', () => {
    expect(say('Something new. The page crashed.')).toBe('Something new. The page crashed.');
    expect(say('The page crashed. Something new.')).toBe('Die Seite ist abgestürzt. Something new.');
    expect(say('')).toBe('');
    expect(inOwnWords('The page crashed.')).toBe('The page crashed.');
  });

  it('fills in what was said, never what it looks like', () => {
    expect(say('Streams are not read from $1.example.')).toBe('Von $1.example werden keine Streams gelesen.');
  });

  it('has as many blanks in both languages', () => {
    const blanks = (text: string) => text.split('{}').length;
    expect(toldInGerman.filter(([told, german]) => blanks(german) > blanks(told))).toEqual([]);
    expect(new Set(toldInGerman.map(([told]) => told)).size).toBe(toldInGerman.length);
  });

  it.each([
    ['why a tile does not play', 'src-main/wall/tile-words.ts'],
    ['what undo says', 'shared/document/undo.ts'],
    ['what the team’s server answers', 'shared/replica/sync-words.ts'],
    ['what a wall’s machine answers', 'src-main/wall/wall-signals.ts'],
    ['what accounts answer', 'src-main/team/account-door.ts'],
  ])('%s is known', (_what, file) => {
    const source = readFileSync(join(PROJECT, file), 'utf8');
    const sentences = [...source.matchAll(/(?:: |return |nothing\(|\n {4})'([A-Z][^'\n]{12,}\.)'/g)].map(
      ([, words = '']) => words,
    );
    expect(sentences.length).toBeGreaterThan(1);
    expect(sentences.filter((words) => say(words) === words)).toEqual([]);
  });
});
