import type {
  EventView,
  IgnoreView,
  LocationView,
  Problem,
  StreamerView,
  StreamView,
  WallEntryView,
  WallView,
} from '#shared/document/view.ts';
import type { StreamId, TileId } from '#shared/model/ids.ts';
import {
  USUAL_SHAPE,
  type ControlEvent,
  type ControlSnapshot,
  type Notice,
  type SavingState,
  type WallShape,
} from '#shared/protocol/ipc-contract.ts';
import type { SourceView } from '#shared/protocol/data-source.ts';
import type { FarDelay } from '#shared/protocol/delay-presence.ts';
import type { DelayState } from '#shared/protocol/delay-state.ts';
import type { StoredSite } from '#shared/protocol/stored-site.ts';
import type { StatusState } from '#shared/protocol/status-state.ts';
import type { TeamState } from '#shared/protocol/team-state.ts';
import type { TileReport } from '#shared/protocol/tile-report.ts';
import type { TileStill } from '#shared/protocol/tile-still.ts';
import type { ScreensState } from '#shared/protocol/wall-output.ts';
import { LayeredMap } from './layered-map.ts';
import { shareUnchanged } from './share-unchanged.ts';

/**
 * What the other end of the bridge last said, and nothing else. Whatever did not change keeps its identity from one
 * mirror to the next, down to the single tile.
 */
export type ControlMirror = Readonly<{
  streams: LayeredMap<StreamId, StreamView>;
  streamers: readonly StreamerView[];
  locations: readonly LocationView[];
  ignore: readonly IgnoreView[];
  events: readonly EventView[];
  walls: readonly WallEntryView[];
  wall: WallView;
  shape: WallShape;
  reports: ReadonlyMap<TileId, TileReport>;
  stills: ReadonlyMap<TileId, TileStill>;
  /** How loud each tile is, 0 to 1. */
  levels: ReadonlyMap<TileId, number>;
  /** How many watch each stream, where a platform said so lately. */
  viewers: ReadonlyMap<StreamId, number>;
  saving: SavingState;
  /** Null where there is no team to join. */
  team: TeamState | null;
  /** The walls on the screens of this machine; null where none can be, as in a browser. */
  screens: ScreensState | null;
  /** The Streamdelay server of this desk; null where there can be none. */
  delay: DelayState | null;
  /** The Streamdelay servers of machines elsewhere that show this wall. */
  farDelays: readonly FarDelay[];
  /** What the sites of the tiles have stored here; null until it was asked for. */
  sites: readonly StoredSite[] | null;
  /** The lists that this machine follows; null where it cannot. */
  sources: readonly SourceView[] | null;
  /** Whether this machine looks who is live; null where it cannot. */
  status: StatusState | null;
  notices: readonly Notice[];
  /** What the documents held at the start that cannot be shown. */
  problems: readonly Problem[];
  versions: ControlSnapshot['versions'];
}>;

export function mirrorOf(snapshot: ControlSnapshot): ControlMirror {
  return {
    streams: LayeredMap.of(snapshot.streams.map((stream) => [stream.id, stream] as const)),
    streamers: snapshot.streamers,
    locations: snapshot.locations,
    ignore: snapshot.ignore,
    events: snapshot.events,
    walls: snapshot.walls,
    wall: snapshot.wall,
    shape: snapshot.shape ?? USUAL_SHAPE,
    reports: new Map(snapshot.reports.map((report) => [report.tile, report])),
    stills: new Map((snapshot.stills ?? []).map((still) => [still.tile, still])),
    levels: new Map(),
    viewers: changedViewers(new Map(), snapshot.viewers ?? []),
    saving: snapshot.saving,
    team: snapshot.team ?? null,
    screens: snapshot.screens ?? null,
    delay: snapshot.delay ?? null,
    farDelays: snapshot.farDelays ?? [],
    sites: null,
    sources: snapshot.sources ?? null,
    status: snapshot.status ?? null,
    notices: snapshot.notices,
    problems: snapshot.problems,
    versions: snapshot.versions,
  };
}

/** The mirror after one event; the same mirror if the event brought nothing new. */
export function applyEvent(mirror: ControlMirror, event: ControlEvent): ControlMirror {
  switch (event.type) {
    case 'streams':
      return replace(mirror, 'streams', changedStreams(mirror.streams, event.put, event.removed));
    case 'reports':
      return replace(mirror, 'reports', changedReports(mirror.reports, event.reports));
    case 'stills':
      return event.stills.length === 0
        ? mirror
        : {
            ...mirror,
            stills: new Map([...mirror.stills, ...event.stills.map((one) => [one.tile, one] as const)]),
          };
    case 'viewers':
      return replace(mirror, 'viewers', changedViewers(mirror.viewers, event.viewers));
    case 'levels':
      return { ...mirror, levels: new Map(event.levels.map(({ tile, peak }) => [tile, peak])) };
    case 'streamers':
    case 'locations':
    case 'ignore':
    case 'events':
    case 'walls':
    case 'wall':
    case 'shape':
    case 'saving':
    case 'team':
    case 'screens':
    case 'delay':
    case 'far-delays':
    case 'sources':
    case 'sites':
    case 'status':
    case 'notices': {
      const { type: _, ...parts } = event;
      return shareUnchanged(mirror, { ...mirror, ...parts });
    }
    default:
      // A newer program at the other end may say more than this screen knows of.
      return mirror;
  }
}

function replace<K extends keyof ControlMirror>(
  mirror: ControlMirror,
  part: K,
  value: ControlMirror[K],
): ControlMirror {
  return mirror[part] === value ? mirror : { ...mirror, [part]: value };
}

function changedStreams(
  before: ControlMirror['streams'],
  put: readonly StreamView[],
  removed: readonly StreamId[],
): ControlMirror['streams'] {
  const changed = put
    .map((stream) => ({ old: before.get(stream.id), stream }))
    .map(({ old, stream }) => ({ old, stream: old === undefined ? stream : shareUnchanged(old, stream) }))
    .filter(({ old, stream }) => old !== stream);
  const gone = removed.filter((id) => before.has(id));
  if (changed.length === 0 && gone.length === 0) return before;
  return before.with(
    changed.map(({ stream }) => [stream.id, stream] as const),
    gone,
  );
}

function changedViewers(
  before: ControlMirror['viewers'],
  counts: NonNullable<ControlSnapshot['viewers']>,
): ControlMirror['viewers'] {
  if (counts.length === 0) return before;
  const after = new Map(before);
  for (const [id, viewers] of counts) {
    if (viewers === null) after.delete(id);
    else after.set(id, viewers);
  }
  return after;
}

/** Reports come as a whole: who is not named has none. */
function changedReports(
  before: ControlMirror['reports'],
  reports: readonly TileReport[],
): ControlMirror['reports'] {
  const after = new Map(
    reports.map((report) => {
      const old = before.get(report.tile);
      return [report.tile, old === undefined ? report : shareUnchanged(old, report)];
    }),
  );
  const same =
    after.size === before.size && [...after].every(([tile, report]) => before.get(tile) === report);
  return same ? before : after;
}
