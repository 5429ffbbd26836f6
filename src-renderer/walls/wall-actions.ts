import type { Command } from '#shared/document/command.ts';
import { copyWall } from '#shared/document/copy-wall.ts';
import { WallId } from '#shared/model/ids.ts';
import type { Control } from '../stores/control-context.tsx';
import { freeName } from './free-name.ts';
import { messages } from './messages.ts';

const randomId = (): string => crypto.randomUUID().replaceAll('-', '');

/** Makes an empty wall, goes there, and lets its name be written. */
export async function newWall(control: Control): Promise<void> {
  const { actions, mirror, screen } = control;
  const id = WallId.parse(randomId());
  const name = freeName(messages.newName, mirror.getState().walls);
  const commands: Command[] = [
    { document: 'catalogue', command: { type: 'create-wall', id, name } },
    { document: 'wall', wall: id, command: { type: 'set-name', name } },
  ];
  const outcomes = await actions.all(commands, () => messages.made(name));
  if (outcomes.every((outcome) => outcome.ok) && (await actions.openWall(id)).ok)
    screen.setState({ renaming: true });
}

/** A copy with everything but what is heard, and goes there. */
export async function duplicateWall(of: WallId, { actions, mirror }: Control): Promise<void> {
  const read = await actions.readWall(of);
  if (!read.ok) return actions.say(read.error.message, 'warning');
  const id = WallId.parse(randomId());
  const name = freeName(read.value.name, mirror.getState().walls);
  const commands: Command[] = [
    { document: 'catalogue', command: { type: 'create-wall', id, name } },
    {
      document: 'wall',
      wall: id,
      command: { type: 'load-arrangement', arrangement: copyWall(read.value, name) },
    },
  ];
  const outcomes = await actions.all(commands, () => messages.made(name));
  if (outcomes.every((outcome) => outcome.ok)) await actions.openWall(id);
}

/** The wall's own name and the one in the list of walls. */
export async function renameWall(id: WallId, typed: string, { actions, mirror }: Control): Promise<void> {
  const name = typed.trim().slice(0, 80);
  const known = mirror.getState().walls.find((wall) => wall.id === id);
  if (name === '' || known?.name === name) return;
  const commands: Command[] = [
    { document: 'catalogue', command: { type: 'rename-wall', id, name } },
    { document: 'wall', wall: id, command: { type: 'set-name', name } },
  ];
  await actions.all(commands, () => messages.renamed(name));
}

/** Out of the list of walls, or back into it. The wall on this screen gives way to another. */
export async function archiveWall(id: WallId, archived: boolean, control: Control): Promise<void> {
  const { actions, mirror } = control;
  const { wall, walls } = mirror.getState();
  const other = walls.find((one) => one.id !== id && !one.archived);
  if (archived && other === undefined) return actions.say(messages.lastWall, 'warning');
  const name = walls.find((one) => one.id === id)?.name ?? '';
  const command: Command = { document: 'catalogue', command: { type: 'archive-wall', id, archived } };
  await actions.all([command], () => (archived ? messages.archived(name) : messages.restored(name)));
  if (archived && wall.id === id && other !== undefined) await actions.openWall(other.id);
}
