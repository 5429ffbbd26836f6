import * as Y from 'yjs';
import type { Result } from '../kernel/result.ts';
import { createStampClock } from '../kernel/stamp.ts';
import { ActorId, ReplicaId, type StreamId } from '../model/ids.ts';
import { readStreamUrl, streamIdOf } from '../model/stream-url.ts';
import type { Refusal } from '../protocol/refusal.ts';
import { applyCatalogueCommand, catalogueTarget, settleCatalogue } from './apply-catalogue-command.ts';
import { CatalogueCommand } from './command.ts';
import type { Applied, CommandContext } from './op.ts';
import { type CatalogueProjection, openCatalogue } from './project-catalogue.ts';
import { rescue } from './rescue.ts';
import { TEST_NOW, type TestTime } from './test-desk.ts';
import type { CatalogueView, StreamView } from './view.ts';

/** For tests: a desk with a catalogue, a clock that the test turns, and the edits that no server has saved. */
export type CatalogueDesk = {
  readonly doc: Y.Doc;
  readonly projection: CatalogueProjection;
  readonly context: () => CommandContext;
  readonly unsaved: Applied[];
  readonly try: (command: unknown) => Result<Applied, Refusal>;
  /** Does a command that must be taken. */
  readonly do: (command: unknown) => Applied;
  readonly view: () => CatalogueView;
  readonly stream: (link: string) => StreamView | undefined;
};

/** `name` is one letter or digit; `actor` is a person unless it says otherwise. */
export function createCatalogueDesk(
  name: string,
  { time = { nowMs: TEST_NOW }, actor = `user:${name}` }: { time?: TestTime; actor?: string } = {},
): CatalogueDesk {
  const doc = new Y.Doc();
  doc.clientID = name.charCodeAt(0);
  const replica = ReplicaId.parse(name.repeat(8));
  const stamps = createStampClock({ nowMs: () => time.nowMs }, replica);
  const projection = openCatalogue(doc);
  const unsaved: Applied[] = [];
  const context = () => ({ actor: ActorId.parse(actor), stamps, replica, nowMs: time.nowMs });
  const attempt = (command: unknown) => {
    const result = applyCatalogueCommand(doc, projection, CatalogueCommand.parse(command), context());
    if (result.ok) unsaved.push(result.value);
    return result;
  };
  return {
    doc,
    projection,
    context,
    unsaved,
    try: attempt,
    do(command) {
      const result = attempt(command);
      if (!result.ok) throw new Error(`refused: ${result.error.message}`);
      return result.value;
    },
    view: () => projection.view(),
    stream: (link) => projection.view().streams.get(idOf(link)),
  };
}

export function idOf(link: string): StreamId {
  const read = readStreamUrl(link);
  if (!read.ok) throw new Error(read.error.message);
  return streamIdOf(read.value.url);
}

/** Every desk gets what any has, then rescues and settles as it would in life, until nothing is left to do. */
export function meetCatalogues(...desks: readonly CatalogueDesk[]): void {
  for (let round = 0; round < 5; round++) {
    const updates = desks.map((desk) => Y.encodeStateAsUpdate(desk.doc));
    for (const desk of desks) for (const update of updates) Y.applyUpdate(desk.doc, update, { type: 'sync' });
    let isDone = true;
    for (const desk of desks) {
      const rescued = rescue(catalogueTarget(desk.doc, desk.projection), desk.unsaved, desk.context());
      const settled = settleCatalogue(desk.doc, desk.projection, desk.context());
      for (const applied of [rescued, settled]) if (applied !== null) desk.unsaved.push(applied);
      if (rescued !== null || settled !== null) isDone = false;
    }
    if (isDone) return;
  }
  throw new Error('the desks do not come to rest');
}

/** A view as plain data, for comparing those of several desks. */
export function plainView(view: CatalogueView): unknown {
  const rows = <V extends { readonly id: string }>(table: { values(): Iterable<V> }) =>
    [...table.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return JSON.parse(
    JSON.stringify({
      streams: rows(view.streams),
      streamers: rows(view.streamers),
      locations: rows(view.locations),
      ignore: rows(view.ignore),
      events: rows(view.events),
      walls: rows(view.walls),
      problems: view.problems,
    }),
  );
}
