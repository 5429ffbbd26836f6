import type { SavingState } from '../protocol/ipc-contract.ts';
import { createListeners } from '../kernel/listeners.ts';
import type { StoreFailure } from './replica-store.ts';

/** Keeps account of what is on its way to the disk, and of whether the disk takes it. */
export type SavingTracker = {
  readonly state: () => SavingState;
  readonly begin: (edits: number) => void;
  /** The edits that began are on disk, or are gone because it did not take them. */
  readonly end: (edits: number, failure: StoreFailure | undefined) => void;
  /** Returns how to stop. */
  readonly onChange: (listener: (state: SavingState) => void) => () => void;
};

export function createSavingTracker(): SavingTracker {
  const listeners = createListeners<SavingState>();
  let unsaved = 0;
  let failure: StoreFailure | undefined;
  let state: SavingState = { state: 'saved' };
  const update = () => {
    const before = state;
    state = stateOf(unsaved, failure);
    if (!isSame(before, state)) listeners.tell(state);
  };
  return {
    state: () => state,
    begin(edits) {
      unsaved += edits;
      update();
    },
    end(edits, now) {
      unsaved -= edits;
      failure = now;
      update();
    },
    onChange: listeners.add,
  };
}

function stateOf(unsaved: number, failure: StoreFailure | undefined): SavingState {
  if (failure !== undefined) return { state: 'failing', unsaved, words: failure.words };
  return unsaved === 0 ? { state: 'saved' } : { state: 'saving', unsaved };
}

function isSame(a: SavingState, b: SavingState): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
