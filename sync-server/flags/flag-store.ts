import type { Flag } from './flag.ts';

/** Where flags are kept, one under each name. @throws {LogUnavailable} from every call when the database does not answer */
export type FlagStore = {
  list(): Promise<readonly Flag[]>;
  /** @returns what was there before */
  put(flag: Flag): Promise<Flag | undefined>;
  /** @returns what was there */
  remove(key: string): Promise<Flag | undefined>;
};

/** More than any team needs; a store that is full takes no new ones. */
export const MAX_FLAGS = 500;
