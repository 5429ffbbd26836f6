import { applyCommand, type OpenDocuments } from '../document/apply-command.ts';
import type { Command } from '../document/command.ts';
import type { OpenTarget, Undone } from '../document/undo.ts';
import { fail, ok, type Result } from '../kernel/result.ts';
import type { ActorId } from '../model/ids.ts';
import type { Refusal } from '../protocol/refusal.ts';
import { refuseByRole } from './command-rights.ts';
import type { Write } from './perform-writes.ts';
import { atHand, contextOf, findDocument, type ReplicaCore } from './replica-core.ts';
import type { DocumentName } from './replica-store.ts';

/** What people do to a replica, as writes for its queue. */

/** @param program whose edit it is, in place of the person's; such a one is no step of undo */
export function commandWrite(
  command: Command,
  group: string | undefined,
  answer: Write['answer'],
  program?: ActorId,
): Write {
  return {
    documents: [documentOf(command)],
    make(core) {
      const forbidden = refuseByRole(core.role, command);
      if (forbidden !== undefined) return fail(forbidden);
      const size = findDocument(core, documentOf(command))?.size;
      const documentBytes = size === undefined ? 0 : size.snapshotBytes + size.logBytes;
      const context = {
        ...contextOf(core),
        documentBytes,
        ...(program === undefined ? {} : { actor: program }),
      };
      const applied = applyCommand(openDocuments(core), command, context);
      if (!applied.ok) return applied;
      const stored = () => {
        if (program === undefined) core.undo.record(applied.value, group);
      };
      return ok({ applied: applied.value, intent: { type: 'command', command }, stored });
    },
    answer,
  };
}

/** `Undo` forgets a step as it takes it, so the disk is asked before whether it would take the edit. */
export function undoWrite(direction: 'undo' | 'redo', answer: Write['answer']): Write {
  return {
    documents: [],
    asksFirst: true,
    make(core) {
      if (core.role === 'viewer') return fail(VIEWER);
      const undone = take(core, direction);
      if (!undone.ok) return undone;
      return ok({ applied: undone.value.applied, intent: { type: 'undo' }, words: undone.value.words });
    },
    answer,
  };
}

const VIEWER: Refusal = { reason: 'forbidden', message: 'A viewer may not do that.', retryable: false };

function take(core: ReplicaCore, direction: 'undo' | 'redo'): Result<Undone, Refusal> {
  const open: OpenTarget = (name) => findDocument(core, name)?.target();
  return core.undo[direction](open, contextOf(core));
}

export function documentOf(command: Command): DocumentName {
  return command.document === 'catalogue' ? 'catalogue' : `wall:${command.wall}`;
}

function openDocuments(core: ReplicaCore): OpenDocuments {
  return {
    catalogue: atHand(core.catalogue),
    wall: (id) => {
      const wall = core.walls.get(id);
      return wall === undefined ? undefined : atHand(wall);
    },
  };
}
