import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeWholeFile } from '../write-whole-file.ts';
import { belongsTo } from './group-sites.ts';

/**
 * Where a person went in a window to log in, remembered on this machine: a browser does not say which sites keep a log-in in
 * `localStorage` alone, so whatever was opened may have.
 */
export type OpenedSites = {
  /** The newest last. */
  readonly origins: () => readonly string[];
  readonly note: (url: string) => void;
  /** The site, and the hosts beneath it. */
  readonly forget: (site: string) => void;
};

/** Nobody logs in to more; of more, those that were opened last are remembered. */
const MAX_ORIGINS = 300;

const Stored = z.array(z.string().max(300).refine(isOrigin)).max(MAX_ORIGINS);

export function createOpenedSites(file: string): OpenedSites {
  let origins = read(file);
  const keep = (next: readonly string[]): void => {
    origins = next;
    try {
      writeWholeFile(file, JSON.stringify(origins));
    } catch {
      // It is known until the program ends.
    }
  };
  return {
    origins: () => origins,
    note: (url) => {
      const origin = URL.canParse(url) ? new URL(url).origin : '';
      if (!isOrigin(origin) || origins.at(-1) === origin) return;
      keep([...origins.filter((other) => other !== origin), origin].slice(-MAX_ORIGINS));
    },
    forget: (site) => {
      keep(origins.filter((origin) => !belongsTo(new URL(origin).hostname, site)));
    },
  };
}

function read(file: string): readonly string[] {
  try {
    return Stored.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return [];
  }
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
