import { placeByRules } from '#shared/document/place-by-rules.ts';
import { rotateByRules, type Turns } from '#shared/document/rotate-by-rules.ts';
import { actorOfRule, type RuleDeed } from '#shared/document/rule-sight.ts';
import type { CatalogueView, WallView } from '#shared/document/view.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import { ActorId, WallId } from '#shared/model/ids.ts';
import { decideAccess, type Account } from '../accounts/access.ts';
import type { Leases } from '../documents/leases.ts';
import type { UpdateLog } from '../documents/update-log.ts';
import type { CatalogueDesk } from '../projection/catalogue-desk.ts';
import { EditRefused } from '../projection/rest-peer.ts';
import type { WallDesk } from '../projection/wall-desk.ts';
import { findLender, type Lenders } from './find-lender.ts';

export type RulePerformerParts = Lenders & {
  readonly desk: Pick<CatalogueDesk, 'write'>;
  readonly walls: Pick<WallDesk, 'read' | 'act' | 'withoutRules'>;
  readonly log: Pick<UpdateLog, 'documents'>;
  readonly leases: Leases;
  /** Another than any other instance's. */
  readonly holder: string;
  readonly clock: Clock;
  readonly logger: Logger;
};

const LEASE = 'rules';
const LEASE_MS = 15_000;
const RENEW_MS = 5_000;
/** How much one round may put on a wall. */
const MOST_AT_ONCE = 4;
/** It only looks. */
const SELF: Account = { actor: ActorId.parse('rule:rules'), role: 'viewer', grants: [] };

/** A wall with rules that are on, as it was at a number. */
type Ruled = { readonly last: number; readonly view: WallView | undefined; turns: Turns };

/**
 * Carries out the rules of all walls, on the one instance that holds the lease. Whatever it does could be done twice without
 * harm, so another may take over at any moment.
 */
export class RulePerformer {
  private walls = new Map<WallId, Ruled>();
  private catalogue: { readonly last: number; readonly view: CatalogueView } | undefined;
  private askedAtMs = -Infinity;
  private holds = false;
  private readonly complained = new Set<string>();
  private readonly parts: RulePerformerParts;

  constructor(parts: RulePerformerParts) {
    this.parts = parts;
  }

  /** One round, if it is this instance's. @returns how much was done @throws {LogUnavailable} */
  async perform(): Promise<number> {
    if (!(await this.isHolder())) return 0;
    const documents = await this.parts.log.documents();
    await this.readWalls(documents);
    const ruled = [...this.walls].filter(([, { view }]) => view !== undefined);
    if (ruled.length === 0) return 0;
    const catalogue = await this.readCatalogue(
      documents.find(({ document }) => document === 'catalogue')?.last ?? 0,
    );
    let done = 0;
    for (const [id, wall] of ruled) {
      if (catalogue.walls.get(id)?.archived === true) continue;
      for (const deed of this.plan(wall, catalogue)) done += (await this.act(id, deed, catalogue)) ? 1 : 0;
    }
    return done;
  }

  /** Lets another instance take over at once. @throws {LogUnavailable} */
  async close(): Promise<void> {
    this.forget();
    await this.parts.leases.release(LEASE, this.parts.holder);
  }

  /** Asked for now and then, not in every round: each time costs a write. */
  private async isHolder(): Promise<boolean> {
    const { leases, holder, clock } = this.parts;
    if (clock.nowMs() - this.askedAtMs >= RENEW_MS) {
      this.askedAtMs = clock.nowMs();
      this.holds = await leases.take(LEASE, holder, LEASE_MS);
      if (!this.holds) this.forget();
    }
    return this.holds;
  }

  private forget(): void {
    this.walls.clear();
    this.catalogue = undefined;
  }

  /** Reads those that somebody wrote to since the last round, but for walls that never had a rule. */
  private async readWalls(documents: readonly { document: string; last: number }[]): Promise<void> {
    const found = documents.flatMap(({ document, last }) => {
      const id = WallId.safeParse(document.startsWith('wall:') ? document.slice('wall:'.length) : undefined);
      return id.success ? [{ document, last, id: id.data, known: this.walls.get(id.data) }] : [];
    });
    const without = await this.parts.walls.withoutRules(
      found.filter(({ last, known }) => known?.last !== last),
    );
    const walls = new Map<WallId, Ruled>();
    for (const { document, last, id, known } of found) {
      if (known?.last === last) walls.set(id, known);
      else if (without.has(document)) walls.set(id, { last, view: undefined, turns: new Map() });
      else walls.set(id, await this.readWall(id, last, known?.turns ?? new Map()));
    }
    this.walls = walls;
  }

  private async readWall(id: WallId, last: number, turns: Turns): Promise<Ruled> {
    const view = await this.parts.walls.read(id);
    const hasRules = view.rules.some(({ enabled }) => enabled);
    return { last, view: hasRules ? view : undefined, turns: hasRules ? turns : new Map() };
  }

  private async readCatalogue(last: number): Promise<CatalogueView> {
    if (this.catalogue?.last !== last) {
      const view = await this.parts.desk.write(SELF, ({ catalogue }) => catalogue.view());
      this.catalogue = { last, view };
    }
    return this.catalogue.view;
  }

  private plan(wall: Ruled, { streams, resolve }: CatalogueView): readonly RuleDeed[] {
    if (wall.view === undefined) return [];
    const sight = { wall: wall.view, streams: [...streams.values()], resolve };
    const { deeds, turns } = rotateByRules(sight, wall.turns, this.parts.clock.nowMs());
    wall.turns = turns;
    return [...placeByRules(sight, MOST_AT_ONCE), ...deeds];
  }

  private async act(id: WallId, { rule, command }: RuleDeed, { resolve }: CatalogueView): Promise<boolean> {
    const { walls, clock, logger } = this.parts;
    const lender = await findLender(rule.by, this.parts, clock.nowMs());
    const actor = actorOfRule(rule);
    const access = lender && decideAccess(lender, { name: `wall:${id}`, kind: 'wall' });
    if (lender === undefined || access?.writable.has('tiles') !== true) {
      this.complain(`${id} ${rule.id} ${rule.by}`, 'nobody lends a rule their rights any more', {
        wall: id,
        rule: rule.name,
        by: rule.by,
      });
      return false;
    }
    try {
      const done = await walls.act(id, { ...lender, actor }, command, resolve);
      if (done.ok) logger.info('a rule acted', { wall: id, rule: rule.name, command: command.type });
      return done.ok;
    } catch (error) {
      if (!(error instanceof EditRefused)) throw error;
      logger.warn('a rule was refused', { wall: id, rule: rule.name, reason: error.message });
      return false;
    }
  }

  private complain(about: string, message: string, details: Readonly<Record<string, unknown>>): void {
    if (this.complained.has(about)) return;
    if (this.complained.size > 1000) this.complained.clear();
    this.complained.add(about);
    this.parts.logger.warn(message, details);
  }
}
