import { z } from 'zod';
import { StreamId } from '#shared/model/ids.ts';

/**
 * What checkers and people say to each other in the presence of the catalogue. Nothing of it is stored.
 *
 *     a checker shows  { checker: { name, beat, streams, asked, troubles } }
 *     a person asks    { checkNow: { ids, n } }        `n` is another with every wish
 */
export type ShownChecker = Readonly<{
  name: string;
  /** Another every time it is shown. */
  beat: number;
  /** How many streams it looks after. */
  streams: number;
  /** Requests since it started. */
  asked: number;
  /** When anything was last read, ms since 1970 UTC. */
  lastReadAt?: number;
  /** Hosts that gave no answer lately, why, and until when they are left alone. */
  troubles: readonly Readonly<{ host: string; cause: string; reason: string; until: number }>[];
}>;

/** How a checker meets the others. */
export type CheckerPresence = Readonly<{
  show: (state: Readonly<{ checker: ShownChecker }> | null) => void;
  /** What every other program at the catalogue shows; anything at all may be in it. */
  others: () => ReadonlyMap<number, unknown>;
}>;

const Other = z.object({
  checker: z.object({ name: z.string(), beat: z.number() }).optional().catch(undefined),
  checkNow: z
    .object({ ids: z.array(StreamId).max(200), n: z.number() })
    .optional()
    .catch(undefined),
});
export type Other = z.infer<typeof Other>;

export function readOthers(states: ReadonlyMap<number, unknown>): ReadonlyMap<number, Other> {
  const read = [...states].map(([client, state]) => [client, Other.safeParse(state)] as const);
  return new Map(read.flatMap(([client, state]) => (state.success ? [[client, state.data]] : [])));
}

/** Wishes that were not heard before; `heard` is the last `n` of each client. */
export function newWishes(
  others: ReadonlyMap<number, Other>,
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
