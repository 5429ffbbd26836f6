import { inOwnWords } from '../words/told-words.ts';
import type { Said, ScreenStore } from './screen-store.ts';

/** What is said to the person at this screen about what they just did. */
export type Sayings = {
  /** `undoable` offers to take the person's last step back. */
  readonly say: (words: string, tone?: Said['tone'], undoable?: boolean) => void;
  readonly unsay: (id: number) => void;
  /** A further step was taken: what was said before is no longer about the last one, the one that can be taken back. */
  readonly moveOn: () => void;
};

/** At most this many sentences stand on the screen; older ones leave. */
const MAX_SAID = 3;

export function createSayings(screen: ScreenStore): Sayings {
  let lastId = 0;
  return {
    say: (told, tone = 'info', undoable = false) => {
      const words = inOwnWords(told);
      const said = { id: ++lastId, tone, words, undoable };
      screen.setState((state) => ({
        said: [...state.said.filter((other) => other.words !== words), said].slice(-MAX_SAID),
      }));
    },
    unsay: (id) => screen.setState((state) => ({ said: state.said.filter((other) => other.id !== id) })),
    moveOn: () => {
      if (!screen.getState().said.some((one) => one.undoable)) return;
      screen.setState(({ said }) => ({
        said: said.map((one) => (one.undoable ? { ...one, undoable: false } : one)),
      }));
    },
  };
}
