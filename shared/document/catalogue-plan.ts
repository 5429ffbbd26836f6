import { fail, ok, type Result } from '../kernel/result.ts';
import type { Refusal } from '../protocol/refusal.ts';
import { MAX_RECORDS } from './limits.ts';
import type { CatalogueRecordRoot } from './catalogue-tables.ts';
import type { CommandContext, Op } from './op.ts';
import type { CatalogueProjection } from './project-catalogue.ts';
import type { Plain } from './stored-value.ts';

/** What planning sees of a catalogue. */
export type CatalogueState = Pick<CatalogueProjection, 'view' | 'membersOf' | 'stored' | 'whole' | 'count'>;

/** What a command on the catalogue comes to: the steps that do it, or why it is not done. */
export type CataloguePlan = Result<readonly Op[], Refusal>;

export const plan = (...ops: readonly Op[]): CataloguePlan => ok(ops);

export function refuse(reason: Refusal['reason'], message: string, retryable = false): CataloguePlan {
  return fail({ reason, message, retryable });
}

/** Whether a person speaks, and not a program on its own. */
export function isPerson({ actor }: Pick<CommandContext, 'actor'>): boolean {
  return !actor.startsWith('service:') && !actor.startsWith('rule:');
}

export function setField(root: CatalogueRecordRoot, id: string, field: string, value: Plain): Op {
  return { type: 'set-field', root, id, field, value };
}

export function clearField(root: CatalogueRecordRoot, id: string, field: string): Op {
  return { type: 'clear-field', root, id, field };
}

/** Why nothing more may be added to a root, if it is full. */
export function refuseIfFull(state: CatalogueState, root: CatalogueRecordRoot): CataloguePlan | undefined {
  const max = MAX_RECORDS[root];
  if (state.count(root) < max) return undefined;
  return refuse(
    'limit',
    `There are ${max} ${NAMES[root]} already, which is the most there can be. Remove some first.`,
  );
}

const NAMES: Readonly<Record<CatalogueRecordRoot, string>> = {
  streams: 'streams',
  streamers: 'streamers',
  locations: 'locations',
  ignore: 'ignore rules',
  events: 'events',
  walls: 'walls',
};
