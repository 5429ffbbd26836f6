import type { FanOut } from './fan-out.ts';

/** Hears of what this instance stored itself. @param last the number of the last update of it */
export type StoredListener = (document: string, last: number) => void;

/** A fan-out that also tells in this instance what it tells the others is stored. */
export function toldHere(fanOut: FanOut): {
  readonly fanOut: FanOut;
  readonly onStored: (listener: StoredListener) => void;
} {
  const listeners: StoredListener[] = [];
  return {
    fanOut: {
      ...fanOut,
      publish: (document, news) => {
        fanOut.publish(document, news);
        if (news.type !== 'updates') return;
        for (const listener of listeners) listener(document, news.from + news.updates.length - 1);
      },
    },
    onStored: (listener) => void listeners.push(listener),
  };
}
