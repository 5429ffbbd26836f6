import type { Find } from './remember-found.ts';

type Asked<Found> = {
  readonly ids: readonly string[];
  readonly resolve: (found: readonly Found[]) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * The same answers with fewer questions: whoever asks while another question is under way shares the next one with all who
 * do, as hundreds do who come back at once. No answer is older than its question.
 */
export function shareFinds<Found>(find: Find<Found>, idOf: (found: Found) => string): Find<Found> {
  let waiting: Asked<Found>[] = [];
  let isAsking = false;
  const askForAll = async (): Promise<void> => {
    isAsking = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await answer(group);
    }
    isAsking = false;
  };
  const answer = async (group: readonly Asked<Found>[]): Promise<void> => {
    try {
      const all = await find([...new Set(group.flatMap(({ ids }) => ids))]);
      const byId = new Map(all.map((found) => [idOf(found), found]));
      for (const { ids, resolve } of group) resolve([...new Set(ids)].flatMap((id) => byId.get(id) ?? []));
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  };
  return async (ids) =>
    new Promise((resolve, reject) => {
      waiting.push({ ids, resolve, reject });
      if (!isAsking) void askForAll();
    });
}
