import type { CatalogueCommand } from '#shared/document/command.ts';
import type { IgnoreList } from '#shared/document/catalogue-fields.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { noteAgreed, type Agreed } from './agreed.ts';
import { countWaiting } from './count-waiting.ts';
import type { SheetSyncParts, SheetTabs } from './sheet-parts.ts';
import { planAccepted } from './plan-accepted.ts';
import { planReleases } from './hold-links.ts';
import { keepQuota } from './keep-quota.ts';
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
import { sharedColumns } from './sheet-columns.ts';
import { readLayout } from './sheet-layout.ts';
import type { SheetsApi, SheetsFailure } from './sheets-api.ts';
import { writeLivesheet } from './write-livesheet.ts';

const APPEND_CHUNK = 200;

export type CycleFailure = Readonly<{
  /** A word for metrics, and a sentence for people. */
  reason: string;
  words: string;
  retryAfterMs?: number;
}>;
export type CycleDone = Readonly<{
  rows: number;
  conflicts: readonly Conflict[];
  problems: readonly SheetProblem[];
}>;

/** Compares both sides once, and writes what differs. Throws when this program's own disk does not take what was agreed on. */
export type SheetCycle = Readonly<{
  once: () => Promise<Result<CycleDone, CycleFailure>>;
  tally: SheetTally;
  /** Streams whose row waits to be written, by what this program knows without reading the sheet. */
  waiting: (inStepAt: number | undefined) => number;
  /** Whether a stream has or had a row, or is being taken from one. */
  isInSheet: (id: StreamId) => boolean;
}>;

/** Counts since this program started. */
export type SheetTally = {
  comparisons: number;
  written: number;
  taken: number;
  readonly failures: Map<string, number>;
};

type Read = Readonly<{
  live: readonly (readonly string[])[];
  ignore: Readonly<Record<Exclude<IgnoreList, 'domain'>, TabCells>>;
  cities: TabCells;
}>;

export function createSheetCycle(parts: SheetSyncParts): SheetCycle {
  const { catalogue, tabs, policy } = parts;
  const api = keepQuota(parts.api, parts.clock);
  const tally: SheetTally = { comparisons: 0, written: 0, taken: 0, failures: new Map() };
  let agreed: Agreed | undefined;
  let typed: ReadonlySet<StreamId> = new Set();

  const isInSheet = (id: StreamId) => typed.has(id) || agreed?.streams[id] !== undefined;

  const compare = async (): Promise<Result<CycleDone, CycleFailure>> => {
    agreed ??= await loadAgreed(parts);
    const read = await readAll(api, tabs);
    if (!read.ok) return fail(described(read.error));
    const layout = readLayout(read.value.live[0] ?? []);
    if (layout === undefined)
      return fail({ reason: 'layout', words: `The tab “${tabs.livesheet}” has no column called Link.` });
    const view = catalogue.catalogue();
    const sheet = readLivesheet(read.value.live, layout);
    typed = new Set(sheet.rows.map(({ id }) => view.resolve(id)));
    const handed = planAccepted(
      parts.accepted?.first(APPEND_CHUNK) ?? [],
      (id) => typed.has(id),
      agreed.streams,
      view,
      layout,
    );
    const planned = planSync(sheet, layout, view, agreed.streams, policy);
    const plan = { ...planned, appends: [...planned.appends, ...handed.appends] };
    const written = await write(api, tabs.livesheet, plan, read.value.live);
    tally.written += written.count;
    const lists = planIgnoreLists(read.value.ignore, view, agreed.ignore);
    const cities = planKnownCities(read.value.cities, view);
    const taken = await sendWishes(parts, plan.wishes);
    tally.taken += taken.length;
    await sendAll(parts, [...lists.commands, ...cities]);
    const streams = noteAgreed(plan.agreed, [...written.done, ...taken]);
    agreed = await saveAgreed(parts, agreed, { version: 1, streams, ignore: [...lists.fromSheet] });
    parts.accepted?.remove(handed.done);
    // A sheet that is never written will not get what waits for it.
    const isDoneWith = (id: StreamId) => policy.mode === 'migrate' || isInSheet(id);
    await sendAll(parts, planReleases(catalogue.catalogue(), isDoneWith));
    if (written.failure !== undefined) return fail(written.failure);
    return ok({ rows: sheet.rows.length, conflicts: plan.conflicts, problems: sheet.problems });
  };

  return {
    tally,
    isInSheet,
    waiting: (inStepAt) => countWaiting(catalogue.catalogue(), agreed?.streams ?? {}, policy, inStepAt),
    async once() {
      tally.comparisons += 1;
      const done = await compare();
      if (!done.ok) tally.failures.set(done.error.reason, (tally.failures.get(done.error.reason) ?? 0) + 1);
      return done;
    },
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

type Written = Readonly<{ done: readonly Agreement[]; count: number; failure?: CycleFailure }>;

async function write(
  api: SheetsApi,
  tab: string,
  { cells, appends }: SyncPlan,
  before: readonly (readonly string[])[],
): Promise<Written> {
  const done: Agreement[] = [];
  let count = 0;
  if (cells.length > 0) {
    const written = await writeLivesheet(api, tab, cells, before);
    if (!written.ok) return { done, count, failure: described(written.error) };
    count += written.value.certain.length;
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
    if (!appended.ok) return { done, count, failure: described(appended.error) };
    done.push(...chunk);
    count += chunk.length;
  }
  return { done, count };
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

const described = ({ reason, message, retryAfterMs }: SheetsFailure): CycleFailure =>
  retryAfterMs === undefined ? { reason, words: message } : { reason, words: message, retryAfterMs };
