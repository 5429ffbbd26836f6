import type { CatalogueCommand } from '#shared/document/command.ts';
import type { IgnoreList } from '#shared/document/catalogue-fields.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Replica } from '#shared/replica/replica.ts';
import type { Timers } from '../timers.ts';
import type { AgreedStore } from './agreed-file.ts';
import { noteAgreed, type Agreed } from './agreed.ts';
import {
  planSync,
  type Agreement,
  type CellWrite,
  type Conflict,
  type SheetWish,
  type SyncPlan,
} from './plan-sync.ts';
import { planIgnoreLists, planKnownCities, type TabCells } from './read-lists.ts';
import { readLivesheet, type SheetProblem } from './read-livesheet.ts';
import { createRequestQuota } from './request-quota.ts';
import { sharedColumns, type SheetPolicy } from './sheet-columns.ts';
import { readLayout } from './sheet-layout.ts';
import type { SheetsApi, SheetsFailure } from './sheets-api.ts';
import { writeLivesheet } from './write-livesheet.ts';

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
  catalogue: Pick<Replica, 'catalogue' | 'send'>;
  agreed: AgreedStore;
  clock: Clock;
  timers: Timers;
  logger: Logger;
  /** Between two comparisons, in ms. */
  intervalMs: number;
}>;

/** What an operator is shown of the sheet. */
export type SheetState = Readonly<{
  /** Why it is not in step; undefined while it is. */
  trouble: string | undefined;
  /** Cells and rows that wait to be written. */
  waiting: number;
  conflicts: readonly Conflict[];
  problems: readonly SheetProblem[];
  /** When both sides were last compared and written, ms since 1970 UTC. */
  inStepAt: number | undefined;
  /** When it is tried again. */
  nextAt: number;
}>;

export type SheetSync = { readonly state: () => SheetState; readonly stop: () => Promise<void> };

const APPEND_CHUNK = 200;
const REQUESTS_A_MINUTE = 50;
const LONGEST_WAIT_MS = 5 * 60_000;

/** Keeps a sheet and the catalogue in step for as long as it is not stopped. */
export function createSheetSync(parts: SheetSyncParts): SheetSync {
  const { clock, timers, intervalMs, logger } = parts;
  const cycle = createCycle(parts);
  let state: SheetState = {
    trouble: 'The sheet has not been read yet.',
    waiting: 0,
    conflicts: [],
    problems: [],
    inStepAt: undefined,
    nextAt: clock.nowMs(),
  };
  let failures = 0;
  let cancel: () => void = () => undefined;
  let isStopped = false;
  const once = async (): Promise<void> => {
    const done = await cycle().catch((error: unknown) => {
      logger.error('Comparing with the sheet failed.', { error: String(error) });
      return fail<CycleFailure>({
        words: `The comparison failed: ${String(error).slice(0, 200)}`,
        waiting: state.waiting,
      });
    });
    failures = done.ok ? 0 : failures + 1;
    const pauseMs = done.ok
      ? intervalMs
      : Math.min(
          Math.max(done.error.retryAfterMs ?? 0, intervalMs * 2 ** Math.min(failures, 8)),
          Math.max(LONGEST_WAIT_MS, done.error.retryAfterMs ?? 0),
        );
    const nextAt = clock.nowMs() + pauseMs;
    state = done.ok
      ? { ...done.value, trouble: undefined, waiting: 0, inStepAt: clock.nowMs(), nextAt }
      : { ...state, trouble: done.error.words, waiting: done.error.waiting, nextAt };
    if (isStopped) return;
    cancel = timers.after(pauseMs, () => {
      running = once();
    });
  };
  let running = once();
  return {
    state: () => state,
    async stop() {
      isStopped = true;
      cancel();
      await running;
    },
  };
}

type CycleFailure = { readonly words: string; readonly waiting: number; readonly retryAfterMs?: number };
type CycleDone = Pick<SheetState, 'conflicts' | 'problems'>;
type Read = Readonly<{
  live: readonly (readonly string[])[];
  ignore: Readonly<Record<Exclude<IgnoreList, 'domain'>, TabCells>>;
  cities: TabCells;
}>;

function createCycle(parts: SheetSyncParts): () => Promise<Result<CycleDone, CycleFailure>> {
  const api = withQuota(parts.api, parts.clock);
  let agreed: Agreed | undefined;
  return async () => {
    agreed ??= await loadAgreed(parts);
    const read = await readAll(api, parts.tabs);
    if (!read.ok) return fail(described(read.error, 0));
    const layout = readLayout(read.value.live[0] ?? []);
    if (layout === undefined)
      return fail({ words: `The tab “${parts.tabs.livesheet}” has no column called Link.`, waiting: 0 });
    const view = parts.catalogue.catalogue();
    const sheet = readLivesheet(read.value.live, layout);
    const plan = planSync(sheet, layout, view, agreed.streams, parts.policy);
    const written = await write(api, parts.tabs.livesheet, plan, read.value.live);
    const lists = planIgnoreLists(read.value.ignore, view, agreed.ignore);
    const cities = planKnownCities(read.value.cities, view);
    const taken = await sendWishes(parts, plan.wishes);
    await sendAll(parts, [...lists.commands, ...cities]);
    const streams = noteAgreed(plan.agreed, [...written.done, ...taken]);
    agreed = await saveAgreed(parts, agreed, { version: 1, streams, ignore: [...lists.fromSheet] });
    if (written.failure !== undefined) return fail(written.failure);
    return ok({ conflicts: plan.conflicts, problems: sheet.problems });
  };
}

async function loadAgreed({ agreed, logger }: SheetSyncParts): Promise<Agreed> {
  const loaded = await agreed.load();
  if (loaded.words !== undefined) logger.warn(loaded.words);
  return loaded.agreed;
}

async function saveAgreed({ agreed }: SheetSyncParts, before: Agreed, after: Agreed): Promise<Agreed> {
  if (JSON.stringify(before) !== JSON.stringify(after)) await agreed.save(after);
  return after;
}

/** One request for the names, one for all tabs that are there. */
async function readAll(api: SheetsApi, tabs: SheetTabs): Promise<Result<Read, SheetsFailure>> {
  const names = await api.tabNames();
  if (!names.ok) return names;
  const wanted = Object.values(tabs).filter((tab) => names.value.includes(tab));
  if (!wanted.includes(tabs.livesheet))
    return fail({
      reason: 'not-found',
      message: `The spreadsheet has no tab called “${tabs.livesheet}”.`,
      retryable: true,
    });
  const read = await api.readTabs(wanted);
  if (!read.ok) return read;
  const of = (tab: string) => read.value[wanted.indexOf(tab)];
  return ok({
    live: of(tabs.livesheet) ?? [],
    ignore: {
      twitch_user: of(tabs.twitchIgnore),
      discord_user: of(tabs.discordIgnore),
      url: of(tabs.urlIgnore),
    },
    cities: of(tabs.knownCities),
  });
}

type Written = { readonly done: readonly Agreement[]; readonly failure?: CycleFailure };

async function write(
  api: SheetsApi,
  tab: string,
  { cells, appends }: SyncPlan,
  before: readonly (readonly string[])[],
): Promise<Written> {
  const done: Agreement[] = [];
  if (cells.length > 0) {
    const written = await writeLivesheet(api, tab, cells, before);
    if (!written.ok) return { done, failure: described(written.error, cells.length + appends.length) };
    done.push(
      ...written.value.certain
        .filter(isShared)
        .map(({ id, column, value }) => ({ id, texts: { [column]: value } })),
    );
  }
  for (let first = 0; first < appends.length; first += APPEND_CHUNK) {
    const chunk = appends.slice(first, first + APPEND_CHUNK);
    const appended = await api.appendRows(
      tab,
      chunk.map(({ values }) => values),
    );
    if (!appended.ok) return { done, failure: described(appended.error, appends.length - first) };
    done.push(...chunk);
  }
  return { done };
}

const isShared = ({ column }: CellWrite) => sharedColumns.some((each) => each === column);

/** @returns those that the document took */
async function sendWishes(
  parts: SheetSyncParts,
  wishes: readonly SheetWish[],
): Promise<readonly Agreement[]> {
  const taken: Agreement[] = [];
  for (const wish of wishes) if (await send(parts, wish.command)) taken.push(wish);
  return taken;
}

async function sendAll(parts: SheetSyncParts, commands: readonly CatalogueCommand[]): Promise<void> {
  for (const command of commands) await send(parts, command);
}

async function send({ catalogue, logger }: SheetSyncParts, command: CatalogueCommand): Promise<boolean> {
  const done = await catalogue.send({ document: 'catalogue', command });
  if (done.ok) return true;
  if (done.error.reason !== 'unchanged')
    logger.warn('What the sheet says was not taken.', { type: command.type, message: done.error.message });
  return false;
}

const described = ({ message, retryAfterMs }: SheetsFailure, waiting: number): CycleFailure =>
  retryAfterMs === undefined ? { words: message, waiting } : { words: message, waiting, retryAfterMs };

/** Keeps under Google's quota by itself, so that others at the same project have theirs. */
function withQuota(api: SheetsApi, clock: Clock): SheetsApi {
  const [reads, writes] = [createRequestQuota(REQUESTS_A_MINUTE), createRequestQuota(REQUESTS_A_MINUTE)];
  const full = fail<SheetsFailure>({
    reason: 'rate-limited',
    message: 'This minute’s requests are used up.',
    retryable: true,
  });
  const within = <T>(quota: typeof reads, call: () => Promise<Result<T, SheetsFailure>>) =>
    quota.take(clock.nowMs()) ? call() : Promise.resolve(full);
  return {
    readTabs: (tabs) => within(reads, () => api.readTabs(tabs)),
    tabNames: () => within(reads, () => api.tabNames()),
    writeCells: (cells) => within(writes, () => api.writeCells(cells)),
    appendRows: (tab, rows) => within(writes, () => api.appendRows(tab, rows)),
  };
}
