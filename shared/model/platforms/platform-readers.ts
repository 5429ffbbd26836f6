import { dlive } from './dlive.ts';
import { facebook } from './facebook.ts';
import { instagram } from './instagram.ts';
import { kick } from './kick.ts';
import type { PlatformReader } from './platform-page.ts';
import { rumble } from './rumble.ts';
import { tiktok } from './tiktok.ts';
import { twitch } from './twitch.ts';
import { x } from './x.ts';
import { youtube } from './youtube.ts';

const readers: readonly PlatformReader[] = [
  twitch,
  youtube,
  kick,
  tiktok,
  facebook,
  instagram,
  rumble,
  dlive,
  x,
];

const byHost: ReadonlyMap<string, PlatformReader> = new Map(
  readers.flatMap((reader) => reader.hosts.map((host) => [host, reader] as const)),
);

/** The platform whose host this is, exactly; `host` in lower case, without a port. */
export const platformOfHost = (host: string): PlatformReader | undefined => byHost.get(host);

/** No listed host is longer than this. */
export const MAX_HOST_LENGTH = Math.max(...[...byHost.keys()].map((host) => host.length));
