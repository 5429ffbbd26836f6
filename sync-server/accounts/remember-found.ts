import type { Clock } from '#shared/kernel/clock.ts';
import { LogUnavailable } from '../documents/update-log.ts';

const REMEMBER_MS = 10 * 60_000;
const MAX_REMEMBERED = 10_000;

/** Looks several up at once; those that are not there are left out. */
export type Find<Found> = (ids: readonly string[]) => Promise<readonly Found[]>;

export type Remembering<Found> = {
  readonly find: Find<Found>;
  /** Somebody else knows that these are gone. */
  readonly forget: (ids: readonly string[]) => void;
};

/**
 * The same answers, remembered for ten minutes after the store was last asked, so that who was connected can come back
 * while the database is away. As long as it answers, its word counts; while it does not, another instance that still hears it may have to
 * say that somebody is gone.
 */
export function rememberFound<Found>(
  find: Find<Found>,
  idOf: (found: Found) => string,
  clock: Clock,
): Remembering<Found> {
  const remembered = new Map<string, { readonly found: Found; readonly atMs: number }>();
  const recall = (id: string, nowMs: number): readonly Found[] => {
    const known = remembered.get(id);
    return known !== undefined && nowMs - known.atMs <= REMEMBER_MS ? [known.found] : [];
  };
  const findNow: Find<Found> = async (ids) => {
    const nowMs = clock.nowMs();
    try {
      const found = await find(ids);
      for (const id of ids) remembered.delete(id);
      if (remembered.size + found.length > MAX_REMEMBERED) remembered.clear();
      for (const one of found) remembered.set(idOf(one), { found: one, atMs: nowMs });
      return found;
    } catch (error) {
      const known = ids.flatMap((id) => recall(id, nowMs));
      if (!(error instanceof LogUnavailable) || known.length < ids.length) throw error;
      return known;
    }
  };
  const forget = (ids: readonly string[]): void => {
    for (const id of ids) remembered.delete(id);
  };
  return { find: findNow, forget };
}
