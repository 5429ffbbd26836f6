import { afterEach, describe, expect, it } from 'vitest';
import { RuleId, TileId, WallId } from '#shared/model/ids.ts';
import type { CatalogueCommand, WallCommand } from '#shared/document/command.ts';
import { linkOf, must, openTestReplica, streamOf, TEST_NOW, WALL } from '#shared/replica/test-replica.ts';
import { startDeskRules } from './desk-rules.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const rule = RuleId.parse('r1');

async function openDesk() {
  const time = { nowMs: TEST_NOW };
  const surroundings = { isAlone: true };
  const replica = await openTestReplica();
  let next: (() => void) | undefined;
  const stop = startDeskRules({
    replica,
    timers: {
      after: (_ms, task) => {
        next = task;
        return () => (next = undefined);
      },
    },
    nowMs: () => time.nowMs,
    isAlone: () => surroundings.isAlone,
  });
  stops.push(stop, () => replica.close());
  /** One round, to its end: it has ended when it has asked for the next. */
  const round = async (): Promise<void> => {
    const task = next;
    next = undefined;
    task?.();
    while (next === undefined) await Promise.resolve();
  };
  const catalogue = async (command: CatalogueCommand) =>
    must(await replica.send({ document: 'catalogue', command }));
  const wall = async (command: WallCommand) =>
    must(await replica.send({ document: 'wall', wall: WALL, command }));
  await catalogue({ type: 'create-wall', id: WallId.parse(WALL), name: 'Wall' });
  await wall({ type: 'set-grid', grid: { cols: 2, rows: 1 } });
  const live = (name: string) =>
    catalogue({ type: 'add-stream', link: linkOf(name), fields: { status: 'live', pinned: true } });
  const shown = () => (replica.wall(WALL)?.tiles ?? []).map(({ stream }) => stream);
  return { replica, time, surroundings, round, wall, live, shown };
}

describe('rules of a desk without a server', () => {
  it('[W20] [W21] fill free cells as a rule, which is nobody’s step of undo, and do not fight a person', async () => {
    const desk = await openDesk();
    await desk.wall({ type: 'put-rule', rule, name: 'Pinned', enabled: true, match: {} });
    await desk.live('ann');
    await desk.round();
    expect(desk.shown()).toEqual([streamOf('ann')]);
    expect(desk.replica.wall(WALL)?.tiles[0]?.rule).toBe(rule);
    await desk.wall({
      type: 'remove-tile',
      tile: desk.replica.wall(WALL)?.tiles[0]?.id ?? TileId.parse('none'),
    });
    await desk.live('bob');
    await desk.round();
    await desk.round();
    expect(desk.shown()).toEqual([streamOf('bob')]);
    must(await desk.replica.undo());
    expect(desk.shown()).toContain(streamOf('bob'));
  });

  it('[W20] are left to the server as soon as there is one', async () => {
    const desk = await openDesk();
    await desk.wall({ type: 'put-rule', rule, name: 'Pinned', enabled: true, match: {} });
    desk.surroundings.isAlone = false;
    await desk.live('ann');
    await desk.round();
    expect(desk.shown()).toEqual([]);
  });

  it('[W22] rotate a tile when its turn has come', async () => {
    const desk = await openDesk();
    await desk.live('ann');
    await desk.live('bob');
    const tile = TileId.parse('t');
    await desk.wall({ type: 'place-stream', tile, stream: streamOf('ann'), at: { x: 0, y: 0, w: 1, h: 1 } });
    const rotate = { tile, everySeconds: 60 };
    await desk.wall({ type: 'put-rule', rule, name: 'Turns', enabled: true, match: {}, rotate });
    const seen = new Set<string>();
    for (let turn = 0; turn < 3; turn++) {
      await desk.round();
      seen.add(desk.shown().join());
      desk.time.nowMs += 60_000;
    }
    expect(seen).toEqual(new Set([streamOf('ann'), streamOf('bob')]));
  });
});
