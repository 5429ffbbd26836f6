import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { fail, ok } from '#shared/kernel/result.ts';
import type { Command } from '#shared/document/command.ts';
import type { ControlBridge } from '../bridge.ts';
import { streamId, tileId, wallOf } from '../wall-grid/sample-wall.ts';
import type { Drop } from '../wall-grid/drop.ts';
import { createActions, randomTileId } from './actions.ts';
import type { Outcome } from './sending.ts';
import { mirrorOf } from './control-mirror.ts';
import { createScreenStore } from './screen-store.ts';

/** A bridge whose other end is this test: every call waits until it is answered. */
function openRoom() {
  const sent: { command: Command; answer: (outcome: Outcome) => void; breakLine: () => void }[] = [];
  const bridge: ControlBridge = {
    open: () => Promise.reject(new Error('not asked here')),
    onEvent: () => () => undefined,
    send: (command) =>
      new Promise((answer, reject) =>
        sent.push({ command, answer, breakLine: () => reject(new Error('gone')) }),
      ),
    sendAll: () => Promise.reject(new Error('not asked here')),
    openWall: () => Promise.reject(new Error('not asked here')),
    readWall: () => Promise.reject(new Error('not asked here')),
    signal: () => Promise.resolve(ok({})),
    undo: () => Promise.resolve(ok({ words: 'Taken back.' })),
    redo: () =>
      Promise.resolve(fail({ reason: 'unchanged', message: 'Nothing to do again.', retryable: false })),
    joinTeam: () => Promise.reject(new Error('not asked here')),
    leaveTeam: () => Promise.reject(new Error('not asked here')),
    connectTeam: () => Promise.reject(new Error('not asked here')),
    answerStore: () => Promise.reject(new Error('not asked here')),
    redoRefused: () => Promise.reject(new Error('not asked here')),
    dismissRefused: () => Promise.reject(new Error('not asked here')),
    checkNow: () => Promise.resolve(ok({})),
    dismissNotice: () => Promise.resolve(),
    touch: () => undefined,
    readHistory: () => Promise.reject(new Error('not asked here')),
    readMoment: () => Promise.reject(new Error('not asked here')),
    readArchive: () => Promise.reject(new Error('not asked here')),
  };
  const wall = wallOf(['a.']);
  const mirror = createStore(() =>
    mirrorOf({
      streams: [],
      streamers: [],
      locations: [],
      ignore: [],
      events: [],
      walls: [],
      wall,
      reports: [],
      saving: { state: 'saved' },
      notices: [],
      problems: [],
      versions: { app: '0', electron: '0' },
    }),
  );
  const screen = createScreenStore();
  const actions = createActions({
    bridge,
    mirror,
    screen,
    newTileId: () => tileId('new'),
    nextFrame: () => Promise.resolve(),
  });
  return { actions, screen, sent };
}

const place: Drop = { kind: 'place-stream', stream: streamId('n'), at: { x: 1, y: 0, w: 1, h: 1 } };
const refused: Outcome = fail({ reason: 'limit', message: 'The wall has 500 tiles.', retryable: false });

describe('a drop', () => {
  it('is drawn as done until the wall has it', async () => {
    const { actions, screen, sent } = openRoom();
    const done = actions.drop(place);
    expect(screen.getState().underway).toEqual([place]);
    expect(sent[0]?.command).toMatchObject({
      document: 'wall',
      wall: 'wall',
      command: { tile: tileId('new') },
    });
    sent[0]?.answer(ok({}));
    await done;
    expect(screen.getState().underway).toEqual([]);
  });

  it('that is repeated before the answer is sent once', async () => {
    const { actions, sent } = openRoom();
    void actions.drop(place);
    expect(await actions.drop({ ...place })).toBe(null);
    expect(sent).toHaveLength(1);
  });

  it('that would do nothing is not sent', async () => {
    const { actions, sent } = openRoom();
    expect(await actions.drop({ kind: 'nothing' })).toBe(null);
    expect(sent).toHaveLength(0);
  });

  it('that is refused is taken from the screen, and the reason is said', async () => {
    const { actions, screen, sent } = openRoom();
    const done = actions.drop(place);
    sent[0]?.answer(refused);
    await done;
    expect(screen.getState().underway).toEqual([]);
    expect(screen.getState().said).toMatchObject([{ tone: 'warning', words: 'The wall has 500 tiles.' }]);
  });
});

describe('what was asked for', () => {
  it('is in flight until it is answered, even if the line breaks', async () => {
    const { actions, screen, sent } = openRoom();
    const both = [actions.wall({ type: 'mute-all' }), actions.wall({ type: 'mute-all' })];
    expect(screen.getState().inFlight).toBe(2);
    sent[0]?.answer(ok({}));
    sent[1]?.breakLine();
    const [, broken] = await Promise.all(both);
    expect(screen.getState().inFlight).toBe(0);
    expect(broken?.ok).toBe(false);
    expect(screen.getState().said[0]?.tone).toBe('warning');
  });

  it('and is so already needs no words', async () => {
    const { actions, screen, sent } = openRoom();
    const asked = actions.wall({ type: 'mute-all' });
    sent[0]?.answer(fail({ reason: 'unchanged', message: 'Nothing is heard.', retryable: false }));
    await asked;
    expect(screen.getState().said).toEqual([]);
  });

  it('and of which nothing is left to be undone or redone, is said', async () => {
    const { actions, screen } = openRoom();
    await actions.redo();
    expect(screen.getState().said).toMatchObject([{ words: 'Nothing to do again.', tone: 'info' }]);
  });

  it('is said in the words of whoever did it', async () => {
    const { actions, screen } = openRoom();
    await actions.undo();
    expect(screen.getState().said).toMatchObject([{ words: 'Taken back.', undoable: false }]);
  });
});

describe('sentences on the screen', () => {
  it('are few, and one that is said again is said once', () => {
    const { actions, screen } = openRoom();
    for (const words of ['a', 'b', 'c', 'd', 'b']) actions.say(words);
    expect(screen.getState().said.map((said) => said.words)).toEqual(['c', 'd', 'b']);
  });

  it('offer to take back the last step only', async () => {
    const { actions, screen } = openRoom();
    actions.say('a', 'info', true);
    void actions.wall({ type: 'mute-all' });
    expect(screen.getState().said).toMatchObject([{ words: 'a', undoable: false }]);
  });

  it('leave when they are dismissed', () => {
    const { actions, screen } = openRoom();
    actions.say('a');
    actions.unsay(screen.getState().said[0]?.id ?? -1);
    expect(screen.getState().said).toEqual([]);
  });
});

it('ids of new tiles differ', () => {
  expect(new Set(Array.from({ length: 100 }, randomTileId)).size).toBe(100);
});
