import type * as Y from 'yjs';
import type { RuleId, SceneId, TileId } from '../model/ids.ts';
import { arrangeTiles } from './arrange-tiles.ts';
import type { WallRoot } from './document-shape.ts';
import { createFlatPart, type FlatPart } from './flat-part.ts';
import { readTile } from './read-tile.ts';
import { readAudio, readSafety, readSettings } from './read-wall-keys.ts';
import { readRule, readScene } from './read-wall-record.ts';
import type { FindGenerations, RootMap } from './record-root.ts';
import type { DeepEvents } from './record-index.ts';
import { createRecordTable, type RecordTable } from './record-table.ts';
import { createProblemList } from './problem-list.ts';
import type { RuleView, SceneView, Unshown } from './view.ts';
import type { TileRecord, WallAudio, WallSafety, WallSettings, WallState } from './wall-state.ts';

/** The names of what changed: records, and keys of flat roots. */
export type Changed = Readonly<Partial<Record<WallRoot, ReadonlySet<string>>>>;

/** Reads a wall document, and again only what transactions touched. */
export type WallReader = {
  readonly isTouched: () => boolean;
  /** What has changed since the last time, and how the wall is now. */
  readonly read: () => { readonly state: WallState; readonly changed: Changed };
  /** What is not shown; the same object while nothing about it changes. */
  readonly problems: () => Unshown;
  readonly findGenerations: FindGenerations;
  readonly dispose: () => void;
};

export function createWallReader(doc: Y.Doc): WallReader {
  const parts = createParts(doc);
  let touched = true;
  let state: WallState | null = null;
  const problems = createProblemList(WALL_PARTS.map((root) => parts[root]));

  const stops = WALL_PARTS.map((root) =>
    observe(doc.getMap(root), (events) => {
      parts[root].follow(events);
      touched = true;
    }),
  );

  return {
    isTouched: () => touched,
    read() {
      touched = false;
      const changed: Partial<Record<WallRoot, ReadonlySet<string>>> = {};
      for (const root of WALL_PARTS) {
        const names = parts[root].refresh();
        if (names.size > 0) changed[root] = names;
      }
      state = stateOf(parts, state);
      return { state, changed };
    },
    problems: () => problems.list(),
    findGenerations(map, id) {
      const root = RECORD_PARTS.find((name) => doc.getMap(name) === map);
      return root === undefined ? [] : parts[root].generationsOf(id);
    },
    dispose() {
      for (const stop of stops) stop();
    },
  };
}

type WallParts = Readonly<{
  tiles: RecordTable<TileId, TileRecord>;
  scenes: RecordTable<SceneId, SceneView>;
  rules: RecordTable<RuleId, RuleView>;
  settings: FlatPart<WallSettings>;
  audio: FlatPart<WallAudio>;
  safety: FlatPart<WallSafety>;
}>;

const RECORD_PARTS = ['tiles', 'scenes', 'rules'] as const;
const WALL_PARTS = [...RECORD_PARTS, 'settings', 'audio', 'safety'] as const;

function createParts(doc: Y.Doc): WallParts {
  return {
    tiles: createRecordTable('tiles', doc.getMap('tiles'), readTile),
    scenes: createRecordTable('scenes', doc.getMap('scenes'), readScene),
    rules: createRecordTable('rules', doc.getMap('rules'), readRule),
    settings: createFlatPart('settings', doc.getMap('settings'), readSettings),
    audio: createFlatPart('audio', doc.getMap('audio'), readAudio),
    safety: createFlatPart('safety', doc.getMap('safety'), readSafety, Infinity),
  };
}

function stateOf(parts: WallParts, before: WallState | null): WallState {
  const tiles = parts.tiles.records();
  const settings = parts.settings.value();
  const isArranged = before !== null && before.tiles === tiles && before.settings === settings;
  return {
    settings,
    tiles,
    arrangement: isArranged ? before.arrangement : arrangeTiles(tiles.values(), settings.grid),
    audio: parts.audio.value(),
    safety: parts.safety.value(),
    scenes: parts.scenes.records(),
    rules: parts.rules.records(),
  };
}

function observe(map: RootMap, follow: (events: DeepEvents) => void): () => void {
  const observer = (events: DeepEvents) => follow(events);
  map.observeDeep(observer);
  return () => map.unobserveDeep(observer);
}
