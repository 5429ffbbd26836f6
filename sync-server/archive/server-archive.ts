import type { Result } from '#shared/kernel/result.ts';
import type { ArchivedStream } from '#shared/document/archived-stream.ts';
import type { StoreFailure } from '#shared/replica/replica-store.ts';
import type { StreamArchive } from '#shared/replica/stream-archive.ts';

/**
 * The archive of a server: complete, as the server retires. A link that is added anew, by somebody who has no archive, gets
 * its past from here, once: what people clear afterwards stays cleared.
 */
export type ServerArchive = StreamArchive & {
  /** Those of these ids that are in the archive and can be read. */
  readonly findPasts: (ids: readonly string[]) => Promise<Result<ReadonlyMap<string, Past>, StoreFailure>>;
  /** Notes that a record of these births has been given its past. */
  readonly noteGiven: (id: string, births: readonly string[]) => Promise<Result<undefined, StoreFailure>>;
};

export type Past = {
  /** When it was retired. Milliseconds since 1970 UTC. */
  readonly atMs: number;
  readonly record: ArchivedStream;
  /** Births of records that were given it. */
  readonly givenTo: readonly string[];
};
