import { createCatalogueDesk, idOf } from '#shared/document/test-catalogue.ts';
import { LogUnavailable } from '../../documents/update-log.ts';
import type { Pen } from '../../projection/catalogue-desk.ts';

/**
 * For tests: a catalogue in memory, whose database goes away before the write of this number.
 * @param firsts links that others turn out to have added
 * @param failure what it fails with
 */
export function createFailingParts(
  awayAt: number,
  firsts: readonly string[] = [],
  failure: Error = new LogUnavailable('gone'),
) {
  const desk = createCatalogueDesk('a');
  const pen: Pen = {
    catalogue: desk.projection,
    act: (command) => desk.try(command),
    firsts: new Set(firsts.map(idOf)),
  };
  let writes = 0;
  const write = async <T>(_account: unknown, work: (pen: Pen) => T): Promise<T> => {
    writes += 1;
    if (writes >= awayAt) throw failure;
    return Promise.resolve(work(pen));
  };
  const number = <T>(keys: readonly T[]): Map<T, number> => new Map(keys.map((key, i) => [key, i + 1]));
  return {
    desk: { write },
    records: {
      idsOf: async (_kind: string, keys: readonly string[]) => Promise.resolve(number(keys)),
      all: async () => Promise.reject(new LogUnavailable('gone')),
    },
    pausedPlatforms: () => new Map<string, never>(),
    rules: () => desk.view().ignore.size,
  };
}
