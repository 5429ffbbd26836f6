import { assertNever } from '../kernel/assert-never.ts';
import { type CataloguePlan, type CatalogueState, plan } from './catalogue-plan.ts';
import type { CatalogueCommand } from './command.ts';
import { memberForField } from './merge-streams.ts';
import type { CommandContext } from './op.ts';
import {
  planEvent,
  planEventLink,
  planEventRestore,
  planEventUnlink,
  planIgnore,
  planLocation,
  planRemoval,
  planStreamer,
  planWallChange,
  planWallCreation,
} from './plan-entries.ts';
import { planStreamAdd } from './plan-stream-add.ts';
import { noSuchStream, planStreamEdit } from './plan-stream-edit.ts';
import { planContinuation, planStreamRemoval, planStreamRestore } from './plan-stream-records.ts';
import { planStatus } from './plan-stream-status.ts';

/** What a command comes to in the catalogue as it is. Decides only; an empty plan means that it is so already. */
export function planCatalogue(
  state: CatalogueState,
  command: CatalogueCommand,
  context: CommandContext,
): CataloguePlan {
  switch (command.type) {
    case 'add-stream':
      return planStreamAdd(state, command.link, command.fields ?? {}, context);
    case 'edit-stream':
      return planStreamEdit(state, command.id, command.changes, context);
    case 'set-stream-status':
      return planStreamStatus(state, command, context);
    case 'remove-stream':
      return planStreamRemoval(state, command.id);
    case 'continue-stream':
      return planContinuation(state, command.id, command.continues);
    case 'restore-stream':
      return planStreamRestore(state, command.id, command.record);
    case 'put-streamer':
      return planStreamer(state, command, context);
    case 'remove-streamer':
      return planRemoval(state, 'streamers', command.id);
    case 'put-location':
      return planLocation(state, command, context);
    case 'remove-location':
      return planRemoval(state, 'locations', command.id);
    case 'add-ignore':
      return planIgnore(state, command, context);
    case 'remove-ignore':
      return planRemoval(state, 'ignore', command.id);
    case 'put-event':
      return planEvent(state, command, context);
    case 'remove-event':
      return planRemoval(state, 'events', command.id);
    case 'restore-event':
      return planEventRestore(state, command);
    case 'link-event':
      return planEventLink(state, command, context);
    case 'unlink-event':
      return planEventUnlink(state, command);
    case 'create-wall':
      return planWallCreation(state, command, context);
    case 'rename-wall':
      return planWallChange(state, command.id, 'name', command.name);
    case 'archive-wall':
      return planWallChange(state, command.id, 'archived', command.archived);
    default:
      return assertNever(command);
  }
}

function planStreamStatus(
  state: CatalogueState,
  command: Extract<CatalogueCommand, { type: 'set-stream-status' }>,
  context: CommandContext,
): CataloguePlan {
  const shown = state.view().streams.get(state.view().resolve(command.id));
  if (shown === undefined) return noSuchStream();
  const { status, reason, manualUntil } = command;
  const target = memberForField(command.id, state.membersOf(command.id), 'status');
  const said = planStatus(target, shown, { status, reason, until: manualUntil }, context);
  return said.ok ? plan(...said.value) : said;
}
