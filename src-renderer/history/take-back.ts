import type { Command, WallCommand } from '#shared/document/command.ts';
import { arrangementOf } from '#shared/document/copy-wall.ts';
import type { WallArrangement } from '#shared/model/arrangement.ts';
import type { WallId } from '#shared/model/ids.ts';
import type { TeamChange } from '#shared/protocol/team-history.ts';
import type { Control } from '../stores/control-context.tsx';
import { messages } from './messages.ts';
import type { Moment } from './moments.ts';
import { undoEdits, undoInList } from './undo-in-list.ts';
import { undoOnWall } from './undo-on-wall.ts';

type Parts = Pick<Control, 'actions' | 'mirror'>;

/** Takes back what was seen to happen, whoever did it, as far as nobody has changed it since. */
export function takeBackMoment({ before, after, streams }: Moment, parts: Parts): void {
  const { streams: now } = parts.mirror.getState();
  const inList = streams.flatMap((step): readonly Command[] => {
    const id = step.before?.id ?? step.after?.id;
    const command = id === undefined ? null : undoInList(step, now.get(id));
    return command === null ? [] : [{ document: 'catalogue', command }];
  });
  const onWall =
    before === after ? [] : undoHere(arrangementOf(before), arrangementOf(after), before.id, parts);
  perform([...onWall, ...inList], parts);
}

/** Takes back a step that the team's server keeps; on a wall, by how the wall was just before and just after. */
export async function takeBackChange(change: TeamChange, of: 'wall' | 'list', parts: Parts): Promise<void> {
  const { actions, mirror } = parts;
  if (of === 'list') {
    const commands = undoEdits(change, mirror.getState().streams);
    return perform(
      commands.map((command) => ({ document: 'catalogue', command })),
      parts,
    );
  }
  const { id } = mirror.getState().wall;
  const before = await actions.readMoment(change.number - 1);
  const after = before.ok ? await actions.readMoment(change.number) : before;
  if (!before.ok || !after.ok) return after.ok ? undefined : actions.say(after.error.message, 'warning');
  return perform(undoHere(before.value, after.value, id, parts), parts);
}

function undoHere(
  before: WallArrangement,
  after: WallArrangement,
  wall: WallId,
  { mirror }: Parts,
): readonly Command[] {
  const now = mirror.getState().wall;
  if (now.id !== wall) return [];
  return undoOnWall({ before, after, now: arrangementOf(now) }).flatMap((command) => [
    { document: 'wall', wall, command } as const,
    ...alsoListed(command, wall),
  ]);
}

/** A wall's name stands in the list of walls, too. */
function alsoListed(command: WallCommand, id: WallId): readonly Command[] {
  return command.type === 'set-name'
    ? [{ document: 'catalogue', command: { type: 'rename-wall', id, name: command.name } }]
    : [];
}

function perform(commands: readonly Command[], { actions }: Parts): void {
  if (commands.length === 0) return actions.say(messages.nothingLeft);
  void actions.all(commands, () => messages.takenBack);
}
