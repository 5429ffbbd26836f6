import type { FanOut, News } from './fan-out.ts';

/**
 * Joins instances that live in one process: for a server that runs alone, and for tests.
 * @returns makes the fan-out of one instance after another
 */
export function createInMemoryFanOut(): () => FanOut {
  type Listener = { readonly instance: symbol; readonly hear: (news: News) => void };
  const listeners = new Map<string, Set<Listener>>();
  let instances = 0;
  return () => {
    const instance = Symbol('instance');
    instances += 1;
    return {
      publish: (document, news) => {
        for (const listener of listeners.get(document) ?? []) {
          if (listener.instance !== instance) listener.hear(news);
        }
      },
      subscribe: async (document, hear) => {
        const listener = { instance, hear };
        const others = listeners.get(document) ?? new Set();
        listeners.set(document, others.add(listener));
        const stop = async (): Promise<void> => {
          others.delete(listener);
          if (others.size === 0) listeners.delete(document);
          return Promise.resolve();
        };
        return Promise.resolve(stop);
      },
      state: () => (instances > 1 ? 'connected' : 'alone'),
    };
  };
}
