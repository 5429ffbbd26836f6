import type { Health } from '../gateway/health-routes.ts';

type Found = Readonly<Record<string, Health>>;

/**
 * What was found last, and asks again meanwhile: an instance whose database does not answer for a while still says so in
 * time.
 */
export function rememberHealth(examine: () => Promise<Found>): () => Found {
  let found: Found = {};
  let isAsking = false;
  const ask = async (): Promise<void> => {
    isAsking = true;
    try {
      found = await examine();
    } finally {
      isAsking = false;
    }
  };
  return () => {
    // Examining says in its answer what does not work.
    if (!isAsking) void ask().catch(() => undefined);
    return found;
  };
}
