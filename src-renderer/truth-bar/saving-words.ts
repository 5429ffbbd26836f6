import type { SavingState } from '#shared/protocol/ipc-contract.ts';

/** What the bar says about saving. `unsaved` counts what would be lost if the power went now. */
export type SavingWords = Readonly<{ tone: 'saved' | 'unsaved' | 'failing'; words: string }>;

/**
 * `inFlight` are edits that were sent from this window and not answered yet: they are not saved either, even where the
 * other end has not counted them so far.
 */
export function savingWords(saving: SavingState, inFlight: number): SavingWords {
  switch (saving.state) {
    case 'saved':
      return inFlight === 0
        ? { tone: 'saved', words: 'All saved' }
        : { tone: 'unsaved', words: notSaved(inFlight) };
    case 'saving':
      return { tone: 'unsaved', words: notSaved(Math.max(saving.unsaved, inFlight)) };
    case 'failing':
      return { tone: 'failing', words: `${notSaved(Math.max(saving.unsaved, inFlight))}. ${saving.words}` };
  }
}

function notSaved(count: number): string {
  return `${count} not saved`;
}
