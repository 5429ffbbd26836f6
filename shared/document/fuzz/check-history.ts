import * as Y from 'yjs';
import type { Stamp } from '../../kernel/stamp.ts';
import type { StreamId } from '../../model/ids.ts';
import type { CellRect } from '../../model/tile.ts';
import { identityOf } from '../account-book.ts';
import { compactDocument } from '../compact-document.ts';
import { openCatalogue } from '../project-catalogue.ts';
import { openWall } from '../project-wall.ts';
import type { RecordRoot } from '../limits.ts';
import { samePlain } from '../stored-value.ts';
import type { CatalogueView, WallView } from '../view.ts';
import { FUZZ_WALL, type FuzzReplica } from './fuzz-replica.ts';
import { ownField } from './random-command.ts';
import type { History } from './run-history.ts';

/** What must be so after everybody has met again. Gives what is not, in words. */
export function checkHistory(history: History): readonly string[] {
  const { server, clients } = history.network;
  const all = [server, ...clients];
  return [
    ...all.flatMap((replica) => checkSameViews(server, replica)),
    ...checkFreshLoad(server),
    ...checkCatalogue(server.catalogue.view()),
    ...checkWall(server.wall.view()),
    ...checkNothingLost(history, all),
    ...checkOwnFields(history, all),
  ];
}

function checkSameViews(server: FuzzReplica, replica: FuzzReplica): readonly string[] {
  const differs = (a: unknown, b: unknown, what: string) =>
    samePlain(a, b) ? [] : [`replica ${replica.index} shows another ${what}: ${JSON.stringify([a, b])}`];
  return [
    ...differs(
      plainCatalogue(server.catalogue.view()),
      plainCatalogue(replica.catalogue.view()),
      'catalogue',
    ),
    ...differs(plainWall(server.wall.view()), plainWall(replica.wall.view()), 'wall'),
  ];
}

/** What was followed edit by edit is what a new program reads. */
function checkFreshLoad(replica: FuzzReplica): readonly string[] {
  const [catalogue, wall] = [new Y.Doc(), new Y.Doc()];
  Y.applyUpdateV2(catalogue, compactDocument(Y.encodeStateAsUpdateV2(replica.docs.catalogue)));
  Y.applyUpdateV2(wall, compactDocument(Y.encodeStateAsUpdateV2(replica.docs.wall)));
  const fresh = openCatalogue(catalogue).view();
  const same =
    samePlain(plainCatalogue(fresh), plainCatalogue(replica.catalogue.view())) &&
    samePlain(plainWall(openWall(wall, FUZZ_WALL).view()), plainWall(replica.wall.view()));
  return same ? [] : [`replica ${replica.index} shows something else when it is loaded afresh`];
}

export function plainCatalogue(view: CatalogueView): unknown {
  const rows = <V extends { readonly id: string }>(table: { values(): Iterable<V> }) =>
    [...table.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const { streams, streamers, locations, ignore, events, walls, problems } = view;
  const others = [rows(streamers), rows(locations), rows(ignore), rows(events), rows(walls)];
  return [rows(streams), others, problems];
}

function plainWall(view: WallView): unknown {
  return { ...view, bench: view.bench.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
}

function checkCatalogue({ streams, streamers, problems, byCode }: CatalogueView): readonly string[] {
  const shown = [...streams.values()];
  const accounts = [...streamers.values()].flatMap((streamer) => streamer.accounts.map(identityOf));
  const twice = (values: readonly string[], what: string) =>
    new Set(values).size === values.length ? [] : [`two have one ${what}: ${values.join()}`];
  return [
    ...twice(
      shown.map(({ code }) => code),
      'code',
    ),
    ...twice(
      shown.map(({ link }) => link),
      'link',
    ),
    ...twice(accounts, 'account'),
    ...shown.filter(({ id, code }) => byCode(code) !== id).map(({ code }) => `code ${code} leads elsewhere`),
    ...problems.map((problem) => `a problem: ${JSON.stringify(problem)}`),
  ];
}

function checkWall({ tiles, bench, grid, heard, problems }: WallView): readonly string[] {
  const ids = [...tiles, ...bench].map(({ id }) => id);
  const places = tiles.map(({ place }) => place).filter((place) => place !== null);
  return [
    ...(new Set(ids).size === ids.length ? [] : ['a tile is there twice']),
    ...(places.length === tiles.length ? [] : ['a placed tile has no place']),
    ...bench.filter(({ place }) => place !== null).map(({ id }) => `benched tile ${id} has a place`),
    ...places
      .filter(({ x, y, w, h }) => x + w > grid.cols || y + h > grid.rows)
      .map(() => 'a tile is outside the grid'),
    ...(places.some((a, i) => places.slice(i + 1).some((b) => overlap(a, b))) ? ['tiles overlap'] : []),
    ...([...tiles, ...bench].filter((tile) => tile.heard).length > 1 ? ['two are heard'] : []),
    ...(heard === null || tiles.some((tile) => tile.id === heard && tile.heard)
      ? []
      : ['what is heard is not on the wall']),
    ...problems.map((problem) => `a problem: ${JSON.stringify(problem)}`),
  ];
}

function overlap(a: CellRect, b: CellRect): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/** Whatever was made and not removed by somebody who had seen it is shown or archived; whatever was removed is not shown. */
function checkNothingLost({ network, archive }: History, all: readonly FuzzReplica[]): readonly string[] {
  const made = new Map<string, Set<Stamp>>();
  const removed = new Set<Stamp>();
  for (const change of all.flatMap(({ log }) => log).flatMap(({ changes }) => changes)) {
    if (change.type === 'removed') for (const birth of change.before.births) removed.add(birth);
    if (change.type !== 'created') continue;
    const key = `${change.root} ${change.id}`;
    made.set(key, new Set([...(made.get(key) ?? []), ...change.record.births]));
  }
  return [...made].flatMap(([key, births]) => {
    const [root, id] = key.split(' ') as [RecordRoot, string];
    const isShown = isThere(network.server, root, id);
    const isWanted = [...births].some((birth) => !removed.has(birth));
    if (isWanted && !isShown && !archive.has(key)) return [`${key} is lost`];
    return !isWanted && isShown ? [`${key} was removed and is there`] : [];
  });
}

function isThere({ catalogue, wall }: FuzzReplica, root: RecordRoot, id: string): boolean {
  const view = catalogue.view();
  const { tiles, bench, scenes, rules } = wall.view();
  if (root === 'streams') return view.streams.has(view.resolve(id as StreamId));
  if (root === 'tiles') return [...tiles, ...bench].some((tile) => tile.id === id);
  if (root === 'scenes') return scenes.some((scene) => scene.id === id);
  if (root === 'rules') return rules.some((rule) => rule.id === id);
  return view[root].has(id as never);
}

/** The field that only one replica writes says in the end what that replica said last, through every retirement and return. */
function checkOwnFields({ network, archive }: History, all: readonly FuzzReplica[]): readonly string[] {
  const changes = all.flatMap(({ log }) => log).flatMap((applied) => applied.changes);
  const touched = new Set(
    changes.flatMap((change) =>
      change.type === 'removed' || (change.type === 'field' && change.field === 'continues')
        ? [change.id]
        : [],
    ),
  );
  return all.flatMap((replica) => {
    const said = new Map<string, unknown>();
    for (const change of replica.log.flatMap((applied) => applied.changes))
      if (change.type === 'field' && change.root === 'streams' && change.field === ownField(replica))
        said.set(change.id, change.after?.value ?? undefined);
    return [...said].flatMap(([id, value]) => {
      const view = network.server.catalogue.view();
      if (
        touched.has(id) ||
        view.resolve(id as StreamId) !== id ||
        network.server.catalogue.membersOf(id as StreamId).length > 1
      )
        return [];
      const shown = view.streams.get(id as StreamId) as Record<string, unknown> | undefined;
      const kept = archive.get(`streams ${id}`)?.record.fields[ownField(replica)]?.value ?? undefined;
      const found = shown === undefined ? kept : shown[ownField(replica)];
      return samePlain(found, value)
        ? []
        : [`${ownField(replica)} of ${id} is ${String(found)} and not ${String(value)}`];
    });
  });
}
