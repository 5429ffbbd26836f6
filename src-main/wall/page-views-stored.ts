import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Session } from 'electron';
import { belongsTo, groupSites } from '../sites/group-sites.ts';
import type { OpenedSites } from '../sites/opened-sites.ts';
import type { SitesDoor } from '../sites/stored-sites.ts';

/**
 * What other people's pages have stored on this machine, as far as the browser tells and its folders show, and what was
 * opened to log in.
 */
export function sitesStorage(session: Session, opened: OpenedSites): Pick<SitesDoor, 'list' | 'clear'> {
  const stored = async (): Promise<readonly StoredOrigin[]> => {
    const folder = session.getStoragePath();
    const names = folder === null ? [] : await readdir(join(folder, 'IndexedDB')).catch(() => []);
    return names.flatMap(originOf);
  };
  return {
    list: async () => {
      const cookies = await session.cookies.get({});
      return groupSites(
        cookies.map(({ domain = '', expirationDate }) => ({ domain, expiresAtS: expirationDate })),
        (await stored()).map(({ host }) => host),
        opened.origins().map((origin) => new URL(origin).hostname),
      );
    },
    clear: async (site) => {
      const cookies = await session.cookies.get({});
      const mine = cookies.filter(({ domain = '' }) => belongsTo(domain, site));
      for (const { domain = '', path = '/', name, secure = false } of mine)
        await session.cookies.remove(`${secure ? 'https' : 'http'}://${withoutDot(domain)}${path}`, name);
      const hosts = [site, `www.${site}`, ...mine.map(({ domain = '' }) => withoutDot(domain))];
      const origins = hosts.flatMap((host) => [`https://${host}`, `http://${host}`]);
      for (const { host, origin } of await stored()) if (belongsTo(host, site)) origins.push(origin);
      for (const origin of opened.origins())
        if (belongsTo(new URL(origin).hostname, site)) origins.push(origin);
      for (const origin of new Set(origins))
        await session.clearStorageData({ origin, storages: [...STORAGES] });
      await session.cookies.flushStore();
      opened.forget(site);
    },
  };
}

const STORAGES = ['filesystem', 'indexdb', 'localstorage', 'serviceworkers', 'cachestorage'] as const;

const withoutDot = (domain: string): string => domain.replace(/^\./, '');

type StoredOrigin = { readonly host: string; readonly origin: string };

/** Folders are called `https_www.example.org_0.indexeddb.leveldb`; 0 stands for the usual port. */
function originOf(folder: string): readonly StoredOrigin[] {
  const [, scheme, host, port] = /^(https?)_(.+)_(\d+)\.indexeddb\.leveldb$/.exec(folder) ?? [];
  if (scheme === undefined || host === undefined) return [];
  return [{ host, origin: `${scheme}://${host}${port === '0' || port === undefined ? '' : `:${port}`}` }];
}
