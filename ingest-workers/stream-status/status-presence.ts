import type { StreamId } from '#shared/model/ids.ts';
import type { ShownChecker, StreamRead, WorkerPresence } from '#shared/protocol/worker-presence.ts';

/** How a checker meets the others, and people: in the presence of the catalogue. */
export type CheckerPresence = Readonly<{
  show: (state: Readonly<{ checker: ShownChecker; reads: readonly StreamRead[] }> | null) => void;
  /** What every other program at the catalogue shows; anything at all may be in it. */
  others: () => ReadonlyMap<number, unknown>;
}>;

/** Wishes that were not heard before; `heard` is the last `n` of each client. */
export function newWishes(
  others: ReadonlyMap<number, WorkerPresence>,
  heard: ReadonlyMap<number, number>,
): { readonly ids: readonly StreamId[]; readonly heard: ReadonlyMap<number, number> } {
  const wishes = [...others].flatMap(([client, { checkNow }]) =>
    checkNow === undefined ? [] : [{ client, ...checkNow }],
  );
  const fresh = wishes.filter(({ client, n }) => heard.get(client) !== n);
  return {
    ids: [...new Set(fresh.flatMap(({ ids }) => ids))],
    heard: new Map(wishes.map(({ client, n }) => [client, n])),
  };
}
