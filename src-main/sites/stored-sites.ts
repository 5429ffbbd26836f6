import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Role } from '#shared/model/role.ts';
import type { Done } from '#shared/protocol/ipc-contract.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { StoredSite } from '#shared/protocol/stored-site.ts';
import { createListeners, type Listeners } from '#shared/kernel/listeners.ts';

/** Where the tiles' sites keep their log-ins, and the window to log in with. */
export type SitesDoor = {
  readonly list: () => Promise<readonly StoredSite[]>;
  /** Everything that the site and the hosts beneath it have stored. */
  readonly clear: (site: string) => Promise<void>;
  /** Shows a page in a window of its own, with what the tiles are logged in to. */
  readonly open: (url: string) => void;
  readonly close: () => void;
};

/** What the sites of the tiles have stored here; for an admin alone: it is what the wall is logged in to. */
export type StoredSites = {
  /** Reads it anew; what is found is told. */
  readonly list: () => Promise<Result<Done, Refusal>>;
  readonly clear: (site: string) => Promise<Result<Done, Refusal>>;
  readonly open: (url: string) => Result<Done, Refusal>;
  readonly onList: Listeners<readonly StoredSite[]>['add'];
  readonly close: () => void;
};

export function createStoredSites(door: SitesDoor, role: () => Role): StoredSites {
  const listeners = createListeners<readonly StoredSite[]>();
  const forAdmins = async (run: () => Promise<Result<Done, Refusal>>): Promise<Result<Done, Refusal>> => {
    if (role() !== 'admin') return fail(FORBIDDEN);
    return run().catch(() => fail(UNREADABLE));
  };
  const tell = async (): Promise<void> => listeners.tell(await door.list());
  return {
    list: async () =>
      forAdmins(async () => {
        await tell();
        return ok({});
      }),
    clear: async (site) =>
      forAdmins(async () => {
        await door.clear(site);
        await tell();
        return ok({
          words: `Nothing of ${site} is stored any more. Tiles that show it see it as a stranger.`,
        });
      }),
    open: (url) => {
      if (role() !== 'admin') return fail(FORBIDDEN);
      door.open(url);
      return ok({});
    },
    onList: listeners.add,
    close: () => {
      door.close();
      listeners.clear();
    },
  };
}

const FORBIDDEN: Refusal = {
  reason: 'forbidden',
  message: 'Only an admin sees and clears what the wall is logged in to.',
  retryable: false,
};

const UNREADABLE: Refusal = {
  reason: 'not-stored',
  message: 'What the sites have stored could not be read or cleared. Try it again.',
  retryable: true,
};
