import { oneAtATime } from './one-at-a-time.ts';

/** Those who want to hear of something, as long as they do. What is told while they are being told is told next. */
export type Listeners<T> = {
  /** @returns how to stop */
  readonly add: (listener: (value: T) => void) => () => void;
  readonly tell: (value: T) => void;
  readonly clear: () => void;
};

/** @param onCount told how many there are, whenever that changes */
export function createListeners<T>(onCount: (count: number) => void = () => undefined): Listeners<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    add: (listener) => {
      listeners.add(listener);
      onCount(listeners.size);
      return () => {
        if (listeners.delete(listener)) onCount(listeners.size);
      };
    },
    tell: oneAtATime((value) => {
      for (const listener of [...listeners]) listener(value);
    }),
    clear: () => {
      listeners.clear();
      onCount(0);
    },
  };
}
