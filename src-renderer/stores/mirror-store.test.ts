import { expect, it } from 'vitest';
import type { ControlEvent, ControlSnapshot } from '#shared/protocol/ipc-contract.ts';
import type { ControlBridge } from '../bridge.ts';
import { streamOf, wallOf } from '../wall-grid/sample-wall.ts';
import { openMirror } from './mirror-store.ts';

const snapshot: ControlSnapshot = {
  streams: [streamOf('a')],
  streamers: [],
  locations: [],
  ignore: [],
  events: [],
  walls: [],
  wall: wallOf(['..']),
  reports: [],
  saving: { state: 'saved' },
  notices: [],
  problems: [],
  versions: { app: '0', electron: '0' },
};

function fakeDesk(open: ControlBridge['open']) {
  const listeners = new Set<(event: ControlEvent) => void>();
  const unused = () => Promise.reject(new Error('not asked here'));
  const bridge: ControlBridge = {
    open,
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send: unused,
    sendAll: unused,
    openWall: unused,
    readWall: unused,
    signal: unused,
    touch: () => undefined,
    readHistory: () => Promise.reject(new Error('not asked here')),
    readMoment: () => Promise.reject(new Error('not asked here')),
    readArchive: () => Promise.reject(new Error('not asked here')),
    undo: unused,
    redo: unused,
    joinTeam: unused,
    leaveTeam: unused,
    connectTeam: unused,
    answerStore: unused,
    redoRefused: unused,
    dismissRefused: unused,
    checkNow: unused,
    dismissNotice: unused,
  };
  return { bridge, listeners, emit: (event: ControlEvent) => listeners.forEach((listen) => listen(event)) };
}

const timing = { nowMs: () => 0, later: (run: () => void) => run() };

it('events that overtake the snapshot are not lost, and later ones follow', async () => {
  let arrive = (_: ControlSnapshot) => {};
  const desk = fakeDesk(() => new Promise((resolve) => (arrive = resolve)));
  const opening = openMirror(desk.bridge, timing);
  desk.emit({ type: 'streams', put: [streamOf('b')], removed: [] });
  arrive(snapshot);
  const { store, close } = await opening;
  desk.emit({ type: 'streams', put: [streamOf('c')], removed: [] });
  expect([...store.getState().streams.values()].map(({ code }) => code)).toEqual(['a', 'b', 'c']);
  close();
  expect(desk.listeners.size).toBe(0);
});

it('a bridge that does not open leaves no listener behind', async () => {
  const desk = fakeDesk(() => Promise.reject(new Error('nobody there')));
  await expect(openMirror(desk.bridge, timing)).rejects.toThrow('nobody there');
  expect(desk.listeners.size).toBe(0);
});
