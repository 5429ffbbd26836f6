import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { Replica } from '#shared/replica/replica.ts';
import type { Timers } from '../timers.ts';
import type { AcceptedQueue } from '../collect/accepted-queue.ts';
import type { AgreedStore } from './agreed-file.ts';
import type { SheetPolicy } from './sheet-columns.ts';
import type { SheetsApi } from './sheets-api.ts';

/** The names of the tabs; all but the first may be missing in the spreadsheet. */
export type SheetTabs = Readonly<{
  livesheet: string;
  twitchIgnore: string;
  discordIgnore: string;
  urlIgnore: string;
  knownCities: string;
}>;

export const usualTabs: SheetTabs = {
  livesheet: 'Livesheet',
  twitchIgnore: 'Twitch User Ignorelist',
  discordIgnore: 'Discord User Ignorelist',
  urlIgnore: 'URL Ignorelist',
  knownCities: 'Known Cities',
};

export type SheetSyncParts = Readonly<{
  api: SheetsApi;
  tabs: SheetTabs;
  policy: SheetPolicy;
  catalogue: Pick<Replica, 'catalogue' | 'send' | 'onCatalogue'>;
  agreed: AgreedStore;
  /** What bots on this machine have added and the sheet has not got yet. */
  accepted?: Pick<AcceptedQueue, 'first' | 'remove'> | undefined;
  /** Why an admin wants it to rest; undefined while nobody does. The sheet is neither read nor written then. */
  paused?: () => string | undefined;
  clock: Clock;
  timers: Timers;
  logger: Logger;
  /** Between two comparisons, in ms. */
  intervalMs: number;
}>;
