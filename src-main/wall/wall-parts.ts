import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { LocalRules } from './local-sources.ts';
import type { SitesSession } from './page-views-session.ts';
import type { PlayerSession } from './player-pages-session.ts';
import type { SiteHint } from './site-hints.ts';

/** What a wall is made with; shared by all walls of this program. */
export type WallParts = {
  /** Addresses of our own pages. */
  readonly pages: { readonly player: string; readonly overlay: string; readonly background: string };
  /** Where the built preload scripts are. */
  readonly preloads: { readonly player: string; readonly overlay: string; readonly page: string };
  readonly sessions: { readonly sites: SitesSession; readonly player: PlayerSession };
  /** `views` gives every tile a page of its own, also where several could share one. */
  readonly tileHost: 'player' | 'views';
  /** What may be shown of what lies in the network around. */
  readonly localRules: () => LocalRules;
  /** What is known of sites, by those who made this program and by the operator. */
  readonly siteHints: () => readonly SiteHint[];
  readonly clock: Clock;
  readonly log: Logger;
};
