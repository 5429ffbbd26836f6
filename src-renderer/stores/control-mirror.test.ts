import { describe, expect, it } from 'vitest';
import type { ControlEvent, ControlSnapshot } from '#shared/protocol/ipc-contract.ts';
import type { TileReport } from '#shared/protocol/tile-report.ts';
import { streamId, streamOf, tileId, tileOf, wallOf } from '../wall-grid/sample-wall.ts';
import { applyEvent, mirrorOf } from './control-mirror.ts';

const report = (letter: string, state: TileReport['state']): TileReport => ({
  tile: tileId(letter),
  state,
  fault: null,
  words: '',
  sinceMs: 0,
  retryAtMs: null,
});

const snapshot: ControlSnapshot = {
  streams: [streamOf('a'), streamOf('b')],
  streamers: [],
  locations: [],
  ignore: [],
  events: [],
  walls: [],
  wall: wallOf(['ab']),
  reports: [report('a', 'playing'), report('b', 'loading')],
  saving: { state: 'saved' },
  notices: [],
  problems: [],
  versions: { app: '0', electron: '0' },
};
const mirror = mirrorOf(snapshot);
/** As an event arrives: a copy, not the value that was sent. */
const arrive = (event: ControlEvent) => applyEvent(mirror, structuredClone(event));

describe('an event', () => {
  it('tells how many watch, and what is not known any more', () => {
    const told = arrive({
      type: 'viewers',
      viewers: [
        [streamId('a'), 5],
        [streamId('b'), 7],
      ],
    });
    const then = applyEvent(told, { type: 'viewers', viewers: [[streamId('a'), null]] });
    expect([[...told.viewers], [...then.viewers]]).toEqual([
      [
        [streamId('a'), 5],
        [streamId('b'), 7],
      ],
      [[streamId('b'), 7]],
    ]);
    expect(told.streams).toBe(mirror.streams);
  });

  it('that brings nothing new leaves the mirror itself', () => {
    expect(arrive({ type: 'viewers', viewers: [] })).toBe(mirror);
    expect(arrive({ type: 'streams', put: [streamOf('a')], removed: [streamId('z')] })).toBe(mirror);
    expect(arrive({ type: 'wall', wall: snapshot.wall })).toBe(mirror);
    expect(arrive({ type: 'reports', reports: snapshot.reports })).toBe(mirror);
    expect(arrive({ type: 'saving', saving: { state: 'saved' } })).toBe(mirror);
    expect(arrive({ type: 'notices', notices: [] })).toBe(mirror);
    expect(arrive({ type: 'walls', walls: [] })).toBe(mirror);
  });

  it('about one stream leaves the others and the wall as they were', () => {
    const next = arrive({ type: 'streams', put: [streamOf('b', { label: 'New' })], removed: [] });
    expect(next.streams.get(streamId('b'))?.label).toBe('New');
    expect(next.streams.get(streamId('a'))).toBe(mirror.streams.get(streamId('a')));
    expect(next.wall).toBe(mirror.wall);
    expect(mirror.streams.get(streamId('b'))?.label).toBe(undefined);
  });

  it('removes streams', () => {
    const next = arrive({ type: 'streams', put: [], removed: [streamId('a')] });
    expect([...next.streams.keys()]).toEqual([streamId('b')]);
  });

  it('about one tile leaves the other tiles as they were', () => {
    const tiles = [...mirror.wall.tiles];
    tiles[0] = tileOf('a', { x: 0, y: 0, w: 1, h: 1 }, { blurred: true });
    const next = arrive({ type: 'wall', wall: { ...mirror.wall, tiles } });
    expect(next.wall.tiles[0]?.blurred).toBe(true);
    expect(next.wall.tiles[1]).toBe(mirror.wall.tiles[1]);
    expect(next.wall.grid).toBe(mirror.wall.grid);
  });

  it('with the reports is all of them: who is not named has none', () => {
    const next = arrive({ type: 'reports', reports: [report('a', 'playing')] });
    expect(next.reports.get(tileId('a'))).toBe(mirror.reports.get(tileId('a')));
    expect(next.reports.has(tileId('b'))).toBe(false);
  });

  it('of a kind that this screen does not know changes nothing', () => {
    expect(applyEvent(mirror, { type: 'weather' } as unknown as ControlEvent)).toBe(mirror);
  });
});

it('a wall that stands on no screen yet is drawn in the usual shape, and then in its own', () => {
  expect(mirror.shape).toEqual({ width: 1920, height: 1080 });
  expect(arrive({ type: 'shape', shape: { width: 1000, height: 1000 } }).shape.height).toBe(1000);
});
