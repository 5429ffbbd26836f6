import { expect, it } from 'vitest';
import type { LineState } from '#shared/protocol/sync-state.ts';
import type { TeamState } from '#shared/protocol/team-state.ts';
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

const member = (line: LineState, unsaved = 0): TeamState => ({
  type: 'member',
  server: 'https://wall.example',
  sync: { line, unsaved, serverLacks: false, othersAreStale: false, account: undefined },
  refused: [],
  people: [],
  isKeySealed: true,
});

it('in a team all is saved only when the server has saved it', () => {
  const saved = { state: 'saved' } as const;
  expect(savingWords(saved, 0, member({ type: 'in-step' }))).toMatchObject({ tone: 'saved' });
  expect(savingWords(saved, 0, member({ type: 'in-step' }, 2))).toEqual({
    tone: 'unsaved',
    words: '2 not saved',
  });
  expect(savingWords(saved, 0, member({ type: 'offline', words: '' }, 3))).toEqual({
    tone: 'offline',
    words: 'No line to wall.example, 3 not saved there',
  });
  expect(savingWords(saved, 1, member({ type: 'in-step' }))).toMatchObject({ tone: 'unsaved' });
});
