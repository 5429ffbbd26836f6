import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CatalogueCommand } from '#shared/document/command.ts';
import { Link } from '#shared/model/stream.ts';
import { ToStatusWorker, type FromStatusWorker } from '#shared/protocol/status-worker-messages.ts';
import { ShownChecker } from '#shared/protocol/worker-presence.ts';
import { addStream, must, openTestReplica, streamOf, TEST_NOW } from '#shared/replica/test-replica.ts';
import { DeskStatusChecker, type StatusTeam } from './status-checker.ts';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const checkerNamed = (name: string) =>
  ShownChecker.parse({ name, beat: 1, streams: 1, asked: 1, troubles: [] });

/** A desk whose time stands still, with workers that do what the test says. */
async function openDesk({ isWanted = true } = {}) {
  const time = { nowMs: TEST_NOW };
  const tasks = new Set<() => void>();
  const team = { isAlone: true, mayWrite: true, checkers: [] as ShownChecker[] };
  const asked: unknown[] = [];
  const kept: boolean[] = [];
  const workers: {
    told: ToStatusWorker[];
    say: (message: FromStatusWorker) => void;
    die: () => void;
    isStopped: boolean;
  }[] = [];
  const replica = await openTestReplica();
  must(await replica.send(addStream('ann')));
  const statusTeam: StatusTeam = {
    isAlone: () => team.isAlone,
    mayWrite: () => team.mayWrite,
    checkers: () => team.checkers,
    showChecker: (shown) => void asked.push(shown?.checker.name ?? null),
    askNow: (ids) => {
      if (team.checkers.length > 0) asked.push(ids);
      return team.checkers.length > 0;
    },
  };
  const status = new DeskStatusChecker({
    replica,
    file: { read: () => isWanted, write: (wanted) => kept.push(wanted) > 0 },
    start: ({ onMessage, onEnd }) => {
      const worker = { told: [] as ToStatusWorker[], say: onMessage, die: onEnd, isStopped: false };
      workers.push(worker);
      return {
        tell: (message) => void worker.told.push(ToStatusWorker.parse(message)),
        stop: async () => {
          worker.isStopped = true;
          return Promise.resolve();
        },
      };
    },
    team: statusTeam,
    timers: {
      after: (_ms, task) => {
        tasks.add(task);
        return () => tasks.delete(task);
      },
    },
    nowMs: () => time.nowMs,
  });
  const pass = (ms: number): void => {
    time.nowMs += ms;
    for (const task of [...tasks]) if (tasks.delete(task)) task();
  };
  stops.push(async () => {
    await status.close();
    await replica.close();
  });
  const first = () => {
    const [worker] = workers;
    if (worker === undefined) throw new Error('no worker was started');
    return worker;
  };
  return { status, replica, team, workers, first, pass, asked, kept };
}

describe('the status checker of a desk', () => {
  it('[LS19] runs while the desk is alone, is told the catalogue and what changes, and what it says is written', async () => {
    const desk = await openDesk();
    const worker = desk.first();
    worker.say({ type: 'ready' });
    expect(worker.told).toMatchObject([{ type: 'catalogue', streams: [{ id: streamOf('ann') }] }]);
    const command = {
      type: 'set-stream-status',
      id: streamOf('ann'),
      status: 'live',
      reason: 'It is live.',
    } as const;
    worker.say({ type: 'send', n: 7, command });
    await vi.waitFor(() => expect(worker.told.at(-1)).toEqual({ type: 'done', n: 7 }));
    expect(desk.replica.catalogue().streams.get(streamOf('ann'))).toMatchObject({
      status: 'live',
      statusBy: 'service:status',
    });
    desk.pass(200);
    expect(worker.told.at(-1)).toMatchObject({ type: 'catalogue', streams: [{ status: 'live' }] });
    worker.say({ type: 'shows', checker: checkerNamed('desk'), reads: [] });
    expect(desk.status.state()).toMatchObject({ type: 'running', checker: { streams: 1 } });
    expect(desk.status.checkNow([streamOf('ann')])).toMatchObject({ ok: true });
    expect(worker.told.at(-1)).toEqual({ type: 'check-now', ids: [streamOf('ann')] });
  });

  it('[LS19] rests as soon as the team has a checker, and goes on some time after that one is gone', async () => {
    const desk = await openDesk();
    desk.team.isAlone = false;
    desk.team.checkers = [checkerNamed('server-1')];
    desk.pass(2_000);
    expect(desk.first().isStopped).toBe(true);
    expect(desk.status.state()).toEqual({ type: 'resting' });
    expect(desk.status.checkNow([streamOf('ann')])).toMatchObject({ ok: true });
    expect(desk.asked).toContainEqual([streamOf('ann')]);
    desk.team.checkers = [];
    desk.pass(2_000);
    expect(desk.workers).toHaveLength(1);
    desk.pass(20_000);
    expect(desk.workers).toHaveLength(2);
  });

  it('[LS19] of several desks one checks, and none whose person may not write', async () => {
    const desk = await openDesk();
    desk.team.isAlone = false;
    desk.team.checkers = [checkerNamed('desk:zzzzzzzz')];
    desk.pass(60_000);
    expect(desk.first().isStopped).toBe(false);
    desk.team.checkers = [checkerNamed('desk:!')];
    desk.pass(2_000);
    expect(desk.first().isStopped).toBe(true);
    desk.team.checkers = [];
    desk.team.mayWrite = false;
    desk.pass(60_000);
    expect(desk.workers).toHaveLength(1);
  });

  it('is started again, later each time, when it ends by itself', async () => {
    const desk = await openDesk();
    desk.first().die();
    expect(desk.status.state()).toMatchObject({ type: 'failed', againAtMs: TEST_NOW + 1_000 });
    desk.pass(500);
    expect(desk.workers).toHaveLength(1);
    desk.pass(500);
    expect(desk.workers).toHaveLength(2);
    desk.workers[1]?.die();
    expect(desk.status.state()).toMatchObject({ againAtMs: TEST_NOW + 3_000 });
  });

  it('starts no process while there is nothing to ask about but what stands on this machine', async () => {
    const desk = await openDesk({ isWanted: false });
    const catalogue = async (command: CatalogueCommand) =>
      must(await desk.replica.send({ document: 'catalogue', command }));
    await catalogue({ type: 'remove-stream', id: streamOf('ann') });
    await catalogue({ type: 'add-stream', link: Link.parse('http://127.0.0.1:4711/live.m3u8') });
    desk.status.setWanted(true);
    expect(desk.status.state()).toEqual({ type: 'resting' });
    must(await desk.replica.send(addStream('bob')));
    desk.pass(2_000);
    desk.first().say({ type: 'ready' });
    expect(desk.first().told).toMatchObject([{ streams: [{ id: streamOf('bob') }] }]);
  });

  it('can be switched off, which is kept, and says so when it is asked to check', async () => {
    const desk = await openDesk({ isWanted: false });
    expect(desk.workers).toHaveLength(0);
    expect(desk.status.state()).toEqual({ type: 'off' });
    expect(desk.status.checkNow([streamOf('ann')])).toMatchObject({ error: { reason: 'not-found' } });
    desk.status.setWanted(true);
    expect(desk.workers).toHaveLength(1);
    desk.status.setWanted(false);
    expect(desk.first().isStopped).toBe(true);
    expect(desk.kept).toEqual([true, false]);
  });
});
