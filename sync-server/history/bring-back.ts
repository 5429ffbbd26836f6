import type { CatalogueCommand } from '#shared/document/command.ts';
import { openCatalogue } from '#shared/document/project-catalogue.ts';
import type { CatalogueView } from '#shared/document/view.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Account } from '../accounts/access.ts';
import type { ServerArchive } from '../archive/server-archive.ts';
import type { DocumentSnapshots } from '../documents/document-sizes.ts';
import type { ServedDocument } from '../documents/document-name.ts';
import type { UpdateLog } from '../documents/update-log.ts';
import type { CatalogueDesk, Pen } from '../projection/catalogue-desk.ts';
import type { BroughtBackBook, BroughtBackEntry, BroughtBackProgress } from './brought-back-book.ts';
import {
  compareCatalogues,
  RECORD_KINDS,
  type Difference,
  type RecordKind,
  type RecordName,
} from './compare-catalogues.ts';
import { planBringBack, planTakeBack } from './plan-bring-back.ts';
import { watchEdits } from './read-edits.ts';
import { readPast } from './read-history.ts';

/** Records that are written in one turn; in between, others get theirs. */
const AT_ONCE = 200;
const PAGE = 1_000;
const MAX_REFUSED = 100;
const MAX_SNAPSHOTS = 500;

export type Found = Omit<Difference, 'what'> & {
  /** `archived`: it left for the archive since, as what is over does. It comes back only when it is chosen. */
  readonly what: Difference['what'] | 'archived';
};
export type Lack = { readonly found: readonly Found[]; readonly added: Readonly<Record<RecordKind, number>> };
export type BroughtBack = {
  /** The document's number before and after: what `takeBack` is told. */
  readonly before: number;
  readonly after: number;
  /** Records that were changed. */
  readonly done: number;
  /** The first of those that could not be, and why. */
  readonly refused: readonly (RecordName & { readonly why: string })[];
  readonly refusedCount: number;
};

/**
 * Brings back what a catalogue had: as new edits in somebody's name, beside all that came later. Each call says `forgotten`
 * when the moment is not kept any more, and throws `LogUnavailable` while the database does not answer.
 */
export type BringBack = {
  /** What is missing or otherwise than after edit `number`. */
  look(account: Account, number: number): Promise<Lack | 'forgotten'>;
  /** @param only these records; without it all but those in the archive */
  bringBack(
    account: Account,
    number: number,
    only?: readonly RecordName[],
  ): Promise<BroughtBack | 'forgotten'>;
  /**
   * Takes back, in the account's name, what somebody brought back between two numbers, but for what was changed since.
   * `unknown`: that was somebody else's, and no bringing back.
   */
  takeBack(account: Account, which: Range): Promise<BroughtBack | 'forgotten' | 'unknown'>;
  /** What was brought back, the newest first. `mayUndo`: it was not undone yet, and what it was made of is kept. */
  list(limit: number): Promise<readonly (BroughtBackEntry & { readonly mayUndo: boolean })[]>;
};

/** What `actor` brought back. */
export type Range = { readonly before: number; readonly after: number; readonly actor: string };

type Parts = {
  readonly served: ServedDocument;
  readonly log: UpdateLog;
  readonly desk: Pick<CatalogueDesk, 'write'>;
  readonly archive: Pick<ServerArchive, 'findPasts'>;
  readonly book: BroughtBackBook;
  /** Undefined where none are kept. */
  readonly snapshots: DocumentSnapshots | undefined;
  readonly clock: Clock;
};

export function createBringBack(parts: Parts): BringBack {
  const { served, log, book, clock } = parts;
  return {
    look: async (account, number) => withPast(parts, number, async (past) => lackOf(parts, past, account)),
    bringBack: async (account, number, only) =>
      withPast(parts, number, async (past) => {
        const chosen =
          only ?? (await lackOf(parts, past, account)).found.filter(({ what }) => what !== 'archived');
        const plan = (pen: Pen, one: RecordName) => planBringBack(past, pen.catalogue.view(), one);
        const before = await log.last(served.name);
        const note = { document: served.name, moment: number, before, actor: account.actor };
        const id = await book.begin({ ...note, atMs: clock.nowMs(), records: only });
        const onProgress = async (so: BroughtBackProgress) => book.progress(id, so);
        return perform(parts, account, inOrder(chosen), plan, { before, onProgress });
      }),
    takeBack: async (account, { before, after, actor }) => {
      const entry = await book.find({ document: served.name, before, after, actor });
      if (entry === undefined && actor !== account.actor) return 'unknown';
      const result = await takeBack(parts, account, { before, after, actor }, entry);
      if (entry !== undefined && result !== 'forgotten')
        await book.noteUndone(entry.id, { atMs: clock.nowMs(), actor: account.actor, done: result.done });
      return result;
    },
    list: async (limit) => {
      const isKept = await keptFrom(parts);
      return (await book.list(served.name, limit)).map((entry) => ({
        ...entry,
        mayUndo: entry.undone === undefined && isKept(entry.before),
      }));
    },
  };
}

/** @param entry what was noted of it: then other things that the same person did meanwhile are left alone */
async function takeBack(
  parts: Parts,
  account: Account,
  { before, after, actor }: Range,
  entry: BroughtBackEntry | undefined,
): Promise<BroughtBack | 'forgotten'> {
  const { served, log } = parts;
  const past = await readPast(log, served, before);
  if (past === undefined) return 'forgotten';
  const catalogue = openCatalogue(past.doc);
  try {
    const was = catalogue.view();
    const touched = new Map<string, RecordName>();
    const watch = watchEdits(past.doc, served.roots);
    for (let from = before; from < after;) {
      const rows = (await log.read(served.name, from, PAGE)).filter(({ number }) => number <= after);
      if (rows[0]?.number !== from + 1) return 'forgotten';
      for (const row of rows) {
        past.takeStored([row]);
        const edits = watch.take();
        if (row.actor === actor) noteTouched(touched, edits);
      }
      from += rows.length;
    }
    const became = catalogue.view();
    const meant = entry === undefined ? undefined : await recordsOf(parts, entry, was);
    const records = [...touched].filter(([key]) => meant?.has(key) !== false).map(([, one]) => one);
    const plan = (pen: Pen, one: RecordName) => planTakeBack(was, became, pen.catalogue.view(), one);
    return await perform(parts, account, inOrder(records).toReversed(), plan);
  } finally {
    catalogue.dispose();
    past.doc.destroy();
  }
}

/** Which records a bringing back was about; undefined when nobody can say any more. @param was before it */
async function recordsOf(
  parts: Parts,
  { records, moment }: BroughtBackEntry,
  was: CatalogueView,
): Promise<ReadonlySet<string> | undefined> {
  if (records !== undefined) return new Set(records.map(keyOf));
  const lost = await withPast(parts, moment, async (past) =>
    Promise.resolve(compareCatalogues(past.view(), was).differences),
  );
  return lost === 'forgotten' ? undefined : new Set(lost.map(keyOf));
}

/** @returns which states of the document can still be made from what is kept */
async function keptFrom({ log, served, snapshots }: Parts): Promise<(number: number) => boolean> {
  const [first] = await log.read(served.name, 0, 1);
  if (first === undefined || first.number <= 1) return () => true;
  const kept = (await snapshots?.(served.name, MAX_SNAPSHOTS)) ?? [];
  const begins = kept.map(({ upTo }) => upTo).filter((upTo) => upTo >= first.number - 1);
  return (number) => begins.some((upTo) => upTo <= number);
}

type Catalogue = ReturnType<typeof openCatalogue>;

async function withPast<T>(
  { log, served }: Parts,
  number: number,
  work: (past: Catalogue) => Promise<T>,
): Promise<T | 'forgotten'> {
  const past = await readPast(log, served, number);
  if (past === undefined) return 'forgotten';
  const catalogue = openCatalogue(past.doc);
  try {
    return await work(catalogue);
  } finally {
    catalogue.dispose();
    past.doc.destroy();
  }
}

async function lackOf({ desk, archive }: Parts, past: Catalogue, account: Account): Promise<Lack> {
  const { differences, added } = await desk.write(account, (pen) =>
    compareCatalogues(past.view(), pen.catalogue.view()),
  );
  const missing = differences.filter(({ what, kind }) => what === 'missing' && kind === 'streams');
  const pasts = await archive.findPasts(missing.map(({ id }) => id));
  const isArchived = ({ kind, id, what }: Difference): boolean =>
    kind === 'streams' && what === 'missing' && pasts.ok && pasts.value.has(id);
  return { added, found: differences.map((one) => (isArchived(one) ? { ...one, what: 'archived' } : one)) };
}

type Act = (
  command: CatalogueCommand,
) => Result<unknown, { readonly reason: string; readonly message: string }>;

async function perform(
  { desk, log, served }: Parts,
  account: Account,
  records: readonly RecordName[],
  plan: (pen: Pen, one: RecordName) => readonly CatalogueCommand[],
  noted?: { readonly before: number; readonly onProgress: (so: BroughtBackProgress) => Promise<void> },
): Promise<BroughtBack> {
  const before = noted?.before ?? (await log.last(served.name));
  const refused: (RecordName & { why: string })[] = [];
  let [done, after] = [0, before];
  for (let from = 0; from < records.length; from += AT_ONCE) {
    await desk.write(account, (pen) => {
      for (const { kind, id } of records.slice(from, from + AT_ONCE)) {
        const commands = plan(pen, { kind, id });
        const why = actAll(pen.act, commands);
        if (why !== undefined) refused.push({ kind, id, why });
        else if (commands.length > 0) done += 1;
      }
    });
    after = await log.last(served.name);
    await noted?.onProgress({ after, done, refused: refused.length });
  }
  return { before, after, done, refused: refused.slice(0, MAX_REFUSED), refusedCount: refused.length };
}

/** @returns why one of them could not be done */
function actAll(act: Act, commands: readonly CatalogueCommand[]): string | undefined {
  for (const command of commands) {
    const result = act(command);
    if (!result.ok && result.error.reason !== 'unchanged') return result.error.message;
  }
  return undefined;
}

function noteTouched(
  touched: Map<string, RecordName>,
  edits: readonly { readonly root?: string; readonly id?: string }[],
): void {
  for (const { root, id } of edits) {
    const kind = RECORD_KINDS.find((one) => one === root);
    if (kind !== undefined && id !== undefined) touched.set(keyOf({ kind, id }), { kind, id });
  }
}

const keyOf = ({ kind, id }: RecordName): string => `${kind} ${id}`;

const inOrder = (records: readonly RecordName[]): readonly RecordName[] =>
  records.toSorted((a, b) => RECORD_KINDS.indexOf(a.kind) - RECORD_KINDS.indexOf(b.kind));
