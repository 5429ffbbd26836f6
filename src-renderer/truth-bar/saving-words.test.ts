import { expect, it } from 'vitest';
import { savingWords } from './saving-words.ts';

it('all is saved only when nothing is on its way either', () => {
  expect(savingWords({ state: 'saved' }, 0)).toEqual({ tone: 'saved', words: 'All saved' });
  expect(savingWords({ state: 'saved' }, 2)).toEqual({ tone: 'unsaved', words: '2 not saved' });
  expect(savingWords({ state: 'saving', unsaved: 3 }, 1)).toEqual({ tone: 'unsaved', words: '3 not saved' });
});

it('a disk that fails is said in its words, with what is at stake', () => {
  const saving = { state: 'failing', unsaved: 4, words: 'The disk is full.' } as const;
  expect(savingWords(saving, 0)).toEqual({ tone: 'failing', words: '4 not saved. The disk is full.' });
});
