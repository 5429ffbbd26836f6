import type { Logger } from '#shared/kernel/logger.ts';
import type { StreamId } from '#shared/model/ids.ts';
import type { Replica } from '#shared/replica/replica.ts';
import { planHolds } from './hold-links.ts';

type Parts = Readonly<{
  catalogue: Pick<Replica, 'catalogue' | 'send' | 'onCatalogue'>;
  /** Whoever is to rest writes nothing. */
  paused?: () => string | undefined;
  logger: Logger;
}>;

/**
 * Holds back what bots add from now on, the moment that it appears. What was there before stays as it is. `inSheet`: what has
 * a row, or comes from one. @returns how to stop
 */
export function holdNewLinks(
  { catalogue, paused, logger }: Parts,
  inSheet: (id: StreamId) => boolean,
  onHeld: () => void,
): () => void {
  const seen = new Set([...catalogue.catalogue().streams.values()].map(({ id }) => id));
  const hold = async (): Promise<void> => {
    if (paused?.() !== undefined) return;
    const appeared = [...catalogue.catalogue().streams.values()].filter(({ id }) => !seen.has(id));
    for (const { id } of appeared) seen.add(id);
    for (const command of planHolds(appeared, inSheet)) {
      const done = await catalogue.send({ document: 'catalogue', command });
      if (!done.ok) logger.warn('A link could not be held back.', { message: done.error.message });
      else onHeld();
    }
  };
  return catalogue.onCatalogue(() => {
    hold().catch((error: unknown) => logger.error('Links could not be held back.', { error: String(error) }));
  });
}
