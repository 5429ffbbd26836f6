import type { StoredKey } from './service-key.ts';

/** Where keys are kept. @throws {LogUnavailable} from every call when the database does not answer */
export type KeyStore = {
  add(key: StoredKey): Promise<void>;
  /** Those of these ids that are there and were not revoked; also when they are expired. */
  find(ids: readonly string[]): Promise<readonly StoredKey[]>;
  /** All that were not revoked, oldest first. */
  list(): Promise<readonly StoredKey[]>;
  /** What each key is for that there ever was, by id; also those that were revoked. */
  labels(): Promise<ReadonlyMap<string, string>>;
  /** @returns whether there was one to revoke */
  revoke(id: string, atMs: number): Promise<boolean>;
  /** Lets it expire at a time, unless it does so earlier anyway. @returns whether there is one */
  expire(id: string, atMs: number): Promise<boolean>;
  /** Notes that they were used. */
  touch(ids: readonly string[], atMs: number): Promise<void>;
};
