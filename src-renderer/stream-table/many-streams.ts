import type { Command, StreamChanges } from '#shared/document/command.ts';
import type { StreamView, WallView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import type { StreamStatus } from '#shared/model/stream.ts';
import type { Control } from '../stores/control-context.tsx';
import { randomTileId } from '../stores/actions.ts';
import { cellsOf } from '../wall-grid/stage-geometry.ts';
import { tileAt, tileOfStream } from '../wall-grid/wall-lookup.ts';
import { isLayer } from './decide-placing.ts';
import { messages } from './messages.ts';

/** What is done with all streams that are selected. Each is one step of undo. */

/** The selected streams that are still there, in no order. */
export function selectedStreams({
  mirror,
  screen,
}: Pick<Control, 'mirror' | 'screen'>): readonly StreamView[] {
  const { streams } = mirror.getState();
  return [...screen.getState().selected].flatMap((id) => streams.get(id) ?? []);
}

export async function changeMany(
  streams: readonly StreamView[],
  changes: (stream: StreamView) => StreamChanges,
  { actions }: Pick<Control, 'actions'>,
): Promise<void> {
  const commands = streams.map<Command>((stream) => ({
    document: 'catalogue',
    command: { type: 'edit-stream', id: stream.id, changes: changes(stream) },
  }));
  await actions.all(commands, messages.manyDone.changed);
}

/** A person's word counts for more than a checker's for so long. */
const MANUAL_MS = 30 * 60 * 1000;

export async function setStatusOfMany(
  streams: readonly StreamView[],
  status: StreamStatus,
  { actions }: Pick<Control, 'actions'>,
): Promise<void> {
  const manualUntil = Date.now() + MANUAL_MS;
  const commands = streams.map<Command>(({ id }) => ({
    document: 'catalogue',
    command: { type: 'set-stream-status', id, status, manualUntil },
  }));
  await actions.all(commands, messages.manyDone.changed);
}

export async function removeMany(
  streams: readonly StreamView[],
  { actions, screen }: Pick<Control, 'actions' | 'screen'>,
): Promise<void> {
  screen.setState({ selected: new Set() });
  const commands = streams.map<Command>(({ id }) => ({
    document: 'catalogue',
    command: { type: 'remove-stream', id },
  }));
  await actions.all(commands, messages.manyDone.removed);
}

/** Puts them on free cells in reading order; says how many found none. */
export async function placeMany(
  streams: readonly StreamView[],
  { actions, mirror }: Pick<Control, 'actions' | 'mirror'>,
): Promise<void> {
  const { wall } = mirror.getState();
  const wanted = streams.filter((stream) => !isLayer(stream) && tileOfStream(wall, stream.id) === undefined);
  const free = freeCells(wall).slice(0, wanted.length);
  const commands = free.flatMap((at, index): Command[] => {
    const stream = wanted[index]?.id;
    if (stream === undefined) return [];
    const command = { type: 'place-stream', tile: randomTileId(), stream, at } as const;
    return [{ document: 'wall', wall: wall.id, command }];
  });
  if (commands.length > 0) await actions.all(commands, messages.manyDone.placed);
  if (wanted.length > free.length) actions.say(messages.wallFullFor(wanted.length - free.length), 'warning');
}

function freeCells(wall: WallView) {
  return cellsOf(wall.grid)
    .filter((cell) => tileAt(wall, cell) === undefined)
    .map((cell) => ({ ...cell, w: 1, h: 1 }));
}

/** All of them are the one that was there first. */
export async function mergeMany(
  streams: readonly StreamView[],
  { actions, screen }: Pick<Control, 'actions' | 'screen'>,
): Promise<void> {
  const [first, ...others] = streams.toSorted((a, b) => a.addedAt - b.addedAt || (a.code < b.code ? -1 : 1));
  if (first === undefined || others.length === 0) return;
  screen.setState({ selected: new Set() });
  const commands = others.map<Command>(({ id }) => ({
    document: 'catalogue',
    command: { type: 'continue-stream', id, continues: first.id },
  }));
  await actions.all(commands, () => messages.manyDone.merged(first.code));
}

/** The selection after a click: alone it chooses, with Ctrl it toggles, with Shift it takes all in between. */
export function selectionAfter(
  selected: ReadonlySet<StreamId>,
  rows: readonly StreamView[],
  clicked: StreamId,
  from: StreamId | null,
  held: Readonly<{ toggle: boolean; range: boolean }>,
): ReadonlySet<StreamId> {
  if (held.range) {
    const a = rows.findIndex(({ id }) => id === (from ?? clicked));
    const b = rows.findIndex(({ id }) => id === clicked);
    const between = rows.slice(Math.min(a, b), Math.max(a, b) + 1).map(({ id }) => id);
    return new Set([...(held.toggle ? selected : []), ...between]);
  }
  if (!held.toggle) return new Set();
  const next = new Set(selected);
  if (!next.delete(clicked)) next.add(clicked);
  return next;
}
