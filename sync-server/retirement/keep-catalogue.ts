import {
  applyCatalogueCommand,
  settleAccounts,
  settleCatalogue,
} from '#shared/document/apply-catalogue-command.ts';
import { CATALOGUE_ROOTS } from '#shared/document/document-shape.ts';
import { openCatalogue, type CatalogueProjection } from '#shared/document/project-catalogue.ts';
import { planRetirement, retireGenerations, tidyCopies } from '#shared/document/retire.ts';
import { retireRules } from '#shared/document/retire-rules.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { archiveId, withTheirPasts } from '#shared/replica/archive-retired.ts';
import type { StoreFailure } from '#shared/replica/replica-store.ts';
import type { Past, ServerArchive } from '../archive/server-archive.ts';
import type { ServedDocument } from '../documents/document-name.ts';
import type { StoredCopy } from '../documents/stored-copy.ts';
import { LogUnavailable } from '../documents/update-log.ts';
import type { Keeping } from './keeping.ts';
import { planReturns, type Return } from './plan-returns.ts';

const CATALOGUE: ServedDocument = { name: 'catalogue', kind: 'catalogue', roots: CATALOGUE_ROOTS };
const ASK_AT_ONCE = 1_000;

type Open = { readonly copy: StoredCopy; readonly projection: CatalogueProjection; unlooked: Set<StreamId> };

/**
 * Keeps the catalogue current: what is over leaves for the archive, what is added again gets its past back, copies of one
 * record become one, and what the view had to decide is written down. For one instance at a time; should there ever be two,
 * one of them finds itself overtaken, writes nothing, and tries again the next time.
 */
export class CatalogueKeeper {
  private open: Open | undefined;
  private readonly keeping: Keeping;
  private readonly archive: ServerArchive;

  constructor(keeping: Keeping, archive: ServerArchive) {
    this.keeping = keeping;
    this.archive = archive;
  }

  /**
   * Settles, tidies and gives back. @param onWalls streams that stand on a wall
   * @returns how many streams came back; undefined when it was overtaken. @throws {LogUnavailable}
   */
  async tidy(onWalls: ReadonlySet<StreamId>): Promise<number | undefined> {
    return this.attempt(async ({ copy, projection, ...open }) => {
      const { resolve, streams } = projection.view();
      const missing = [...onWalls].filter((id) => !streams.has(resolve(id)));
      const looked = [...open.unlooked];
      // What just left changed too; only what is there, or is asked for, gets its past.
      const here = looked.filter((id) => projection.whole('streams', id) !== undefined);
      const pasts = await this.findPasts([...new Set([...here, ...missing])]);
      const context = this.keeping.context();
      const returns = planReturns(copy.doc, projection, pasts, context.nowMs);
      const isStored = await this.keeping.store(CATALOGUE, copy, () => {
        for (const { id, past } of returns) {
          const command = { type: 'restore-stream', id, record: past.record } as const;
          applyCatalogueCommand(copy.doc, projection, command, context);
        }
        tidyCopies(copy.doc, projection, context);
        settleCatalogue(copy.doc, projection, context);
        settleAccounts(copy.doc, projection, context);
      });
      if (!isStored) return undefined;
      for (const id of looked) open.unlooked.delete(id);
      await this.noteGiven(returns);
      return returns.length;
    });
  }

  /** @returns how many records went to the archive; undefined when it was overtaken. @throws {LogUnavailable} */
  async retire(onWalls: ReadonlySet<StreamId>): Promise<number | undefined> {
    return this.attempt(async ({ copy, projection }) => {
      const context = this.keeping.context();
      const { resolve } = projection.view();
      const needed = new Set([...onWalls].map(resolve));
      const rules = retireRules(context.nowMs, (id) => needed.has(id));
      const retirement = planRetirement(copy.doc, projection, rules);
      if (retirement.generations.length === 0) return 0;
      const records = orThrow(await withTheirPasts(this.archive, retirement.archived));
      // Before it leaves the document, so that it is always in one of the two.
      orThrow(await this.archive.put(records));
      const isStored = await this.keeping.store(
        CATALOGUE,
        copy,
        () => void retireGenerations(copy.doc, projection, retirement, context),
      );
      return isStored ? retirement.archived.length : undefined;
    });
  }

  /** Lets go of the memory that it takes. */
  close(): void {
    this.open?.projection.dispose();
    this.open?.copy.close();
    this.open = undefined;
  }

  /** With a copy that knows all that is stored; one that was overtaken or failed is not used again. */
  private async attempt(work: (open: Open) => Promise<number | undefined>): Promise<number | undefined> {
    let done: number | undefined;
    try {
      this.open ??= await this.read();
      await this.open.copy.follow();
      done = await work(this.open);
    } catch (error) {
      this.close();
      throw error;
    }
    if (done === undefined) this.close();
    return done;
  }

  private async read(): Promise<Open> {
    const copy = await this.keeping.open(CATALOGUE);
    const projection = openCatalogue(copy.doc);
    const open: Open = {
      copy,
      projection,
      unlooked: new Set([...projection.view().streams.values()].map(({ id }) => id)),
    };
    projection.onChange(({ changed }) => {
      for (const id of changed.streams ?? []) open.unlooked.add(id as StreamId);
    });
    return open;
  }

  private async findPasts(ids: readonly StreamId[]): Promise<ReadonlyMap<StreamId, Past>> {
    const pasts = new Map<StreamId, Past>();
    for (let from = 0; from < ids.length; from += ASK_AT_ONCE) {
      const some = ids.slice(from, from + ASK_AT_ONCE);
      const found = orThrow(await this.archive.findPasts(some.map((id) => archiveId('streams', id))));
      for (const id of some) {
        const past = found.get(archiveId('streams', id));
        if (past !== undefined) pasts.set(id, past);
      }
    }
    return pasts;
  }

  private async noteGiven(returns: readonly Return[]): Promise<void> {
    for (const { id, births } of returns)
      if (births.length > 0) orThrow(await this.archive.noteGiven(archiveId('streams', id), births));
  }
}

function orThrow<T>(result: Result<T, StoreFailure>): T {
  if (!result.ok) throw new LogUnavailable(result.error.words);
  return result.value;
}
