import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Session } from 'electron';
import { belongsTo, groupSites } from '../sites/group-sites.ts';
import type { SitesDoor } from '../sites/stored-sites.ts';

/** What other people's pages have stored on this machine, as far as the browser tells and its folders show. */
export function sitesStorage(session: Session): Pick<SitesDoor, 'list' | 'clear'> {
  const storageHosts = async (): Promise<readonly string[]> => {
    const folder = session.getStoragePath();
    return folder === null ? [] : hostsOf(await readdir(join(folder, 'IndexedDB')).catch(() => []));
  };
  return {
    list: async () => {
      const cookies = await session.cookies.get({});
      return groupSites(
        cookies.map(({ domain = '', expirationDate }) => ({ domain, expiresAtS: expirationDate })),
        await storageHosts(),
      );
    },
    clear: async (site) => {
      const cookies = await session.cookies.get({});
      const mine = cookies.filter(({ domain = '' }) => belongsTo(domain, site));
      for (const { domain = '', path = '/', name, secure = false } of mine)
        await session.cookies.remove(
          `${secure ? 'https' : 'http'}://${domain.replace(/^\./, '')}${path}`,
          name,
        );
      const stored = (await storageHosts()).filter((host) => belongsTo(host, site));
      const hosts = new Set([site, ...stored, ...mine.map(({ domain = '' }) => domain.replace(/^\./, ''))]);
      for (const host of hosts)
        for (const scheme of ['https', 'http'])
          await session.clearStorageData({ origin: `${scheme}://${host}`, storages: [...STORAGES] });
      await session.cookies.flushStore();
    },
  };
}

const STORAGES = ['filesystem', 'indexdb', 'localstorage', 'serviceworkers', 'cachestorage'] as const;

/** Folders are called `https_www.example.org_0.indexeddb.leveldb`. */
function hostsOf(folders: readonly string[]): readonly string[] {
  return folders.flatMap((name) => {
    const host = /^https?_(.+)_\d+\.indexeddb\.leveldb$/.exec(name)?.[1];
    return host === undefined ? [] : [host];
  });
}
