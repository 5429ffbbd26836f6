import { z } from 'zod';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { describeSetting, presentOnly, type Env } from '../team-settings.ts';
import { usualTabs, type SheetTabs } from './sheet-parts.ts';
import { sharedColumns, sheetModes, type SheetPolicy } from './sheet-columns.ts';

const ColumnPolicies = z.partialRecord(z.enum(sharedColumns), z.enum(['sheet', 'document', 'ask']));

const SheetEnvironment = z.object({
  GOOGLE_SHEET_ID: z.string().min(1),
  GOOGLE_CREDENTIALS_PATH: z.string().default('./credentials.json'),
  SHEET_MODE: z.enum(sheetModes).default('sheet-first'),
  /** `notes=ask,title=document` */
  SHEET_COLUMN_POLICIES: z.string().optional(),
  SHEET_SYNC_SECONDS: z.coerce.number().min(5).max(3600).default(15),
  SHEET_TAB_LIVESTREAMS: z.string().default(usualTabs.livesheet),
  SHEET_TAB_TWITCH_IGNORE: z.string().default(usualTabs.twitchIgnore),
  SHEET_TAB_DISCORD_IGNORE: z.string().default(usualTabs.discordIgnore),
  SHEET_TAB_URL_IGNORE: z.string().default(usualTabs.urlIgnore),
  SHEET_TAB_KNOWN_CITIES: z.string().default(usualTabs.knownCities),
  /** Another server that speaks as Google does: for rehearsals. */
  GOOGLE_SHEETS_ROOT_URL: z.url().optional(),
});

export type SheetSettings = Readonly<{
  spreadsheetId: string;
  keyFile: string;
  policy: SheetPolicy;
  tabs: SheetTabs;
  intervalMs: number;
  rootUrl: string | undefined;
}>;

/** @returns or a sentence that names what is missing or cannot be read */
export function readSheetSettings(env: Env): Result<SheetSettings, string> {
  const read = SheetEnvironment.safeParse(presentOnly(env));
  if (!read.success) return fail(describeSetting(read.error));
  const { data } = read;
  const pairs = (data.SHEET_COLUMN_POLICIES ?? '').split(',').filter((text) => text.trim() !== '');
  const columns = ColumnPolicies.safeParse(
    Object.fromEntries(pairs.map((text) => text.split('=').map((part) => part.trim()))),
  );
  if (!columns.success)
    return fail('SHEET_COLUMN_POLICIES cannot be read: write it as notes=ask,title=document.');
  return ok({
    spreadsheetId: data.GOOGLE_SHEET_ID,
    keyFile: data.GOOGLE_CREDENTIALS_PATH,
    policy: { mode: data.SHEET_MODE, columns: columns.data },
    tabs: {
      livesheet: data.SHEET_TAB_LIVESTREAMS,
      twitchIgnore: data.SHEET_TAB_TWITCH_IGNORE,
      discordIgnore: data.SHEET_TAB_DISCORD_IGNORE,
      urlIgnore: data.SHEET_TAB_URL_IGNORE,
      knownCities: data.SHEET_TAB_KNOWN_CITIES,
    },
    intervalMs: data.SHEET_SYNC_SECONDS * 1000,
    rootUrl: data.GOOGLE_SHEETS_ROOT_URL,
  });
}
