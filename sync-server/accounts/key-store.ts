import type { StoredKey } from './service-key.ts';

/** Where keys are kept. @throws {LogUnavailable} from every call when the database does not answer */
export type KeyStore = {
  add(key: StoredKey): Promise<void>;
  /** Those of these ids that are there and were not revoked. */
  find(ids: readonly string[]): Promise<readonly StoredKey[]>;
  /** @returns whether there was one to revoke */
  revoke(id: string, atMs: number): Promise<boolean>;
};
