import { z } from 'zod';

/** What a site has stored on this machine, in the place that all tiles share. */
export type StoredSite = Readonly<{
  /** The name of its host; those beneath it count with it. */
  site: string;
  cookies: number;
  /** It keeps more than cookies here. */
  hasStorage: boolean;
  /** A person opened it here to log in, so it may keep something of which a browser does not tell. */
  wasOpened: boolean;
  /** When the last of its cookies goes, ms since 1970 UTC; null when all go at the end of the program. */
  untilMs: number | null;
}>;

export const SiteName = z.string().regex(/^[a-z0-9._:[\]-]{1,253}$/);

/** A page of the web, to be opened in a window of its own. */
export const SitePage = z
  .string()
  .max(2000)
  .refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), 'no address of the web');
