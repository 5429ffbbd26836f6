import { describe, expect, it } from 'vitest';
import { TileId } from '#shared/model/ids.ts';
import type { SignalNews } from './fan-out.ts';
import { RoomSignals } from './room-signals.ts';
import { createTestPeer, type TestPeer } from './test-room.ts';

const reload = (id: string) => ({ id, signal: 'reload', tile: TileId.parse('tile') }) as const;

/** Instances that tell each other at once, on timers that the test fires. */
function createInstances(count: number, state: 'alone' | 'connected' = 'connected') {
  const timers: { ms: number; work: () => void }[] = [];
  const told: SignalNews[] = [];
  let ids = 0;
  const rooms: RoomSignals[] = Array.from(
    { length: count },
    (_, own) =>
      new RoomSignals({
        fanOut: { state: () => state },
        timers: {
          afterThisTurn: (work) => work(),
          after: (ms, work) => {
            const timer = { ms, work };
            timers.push(timer);
            return () => void timers.splice(timers.indexOf(timer), 1);
          },
        },
        newId: () => `key-${String(++ids)}`,
        publish: (news) => {
          told.push(news);
          rooms.forEach((room, i) => i === own || room.hear(news));
        },
      }),
  );
  return { rooms, timers, told };
}

const heardKey = (peer: TestPeer): string => peer.answers.at(-1)?.split(' ')[1] ?? '';

describe('signals', () => {
  it('[SD7] reach whoever shows the wall, here and elsewhere, and are answered to the asker alone', () => {
    const { rooms, told } = createInstances(2);
    const [here, elsewhere] = [rooms[0]!, rooms[1]!];
    const [ana, ben, wall, far] = ['ana', 'ben', 'wall', 'far'].map((name) => createTestPeer(name));
    here.show(wall!, true);
    elsewhere.show(far!, true);
    here.ask(ana!, reload('s1'));
    expect([wall!.answers, far!.answers, ben!.answers]).toEqual([['signal key-1'], ['signal key-1'], []]);
    here.answer(wall!, { id: 'key-1', outcome: 'no-such-tile' });
    elsewhere.answer(far!, { id: 'key-1', outcome: 'done' });
    expect(ana!.answers).toEqual(['no-such-tile s1', 'done s1']);
    elsewhere.answer(far!, { id: 'key-1', outcome: 'done' });
    expect(ana!.answers).toHaveLength(2);
    expect(told.map(({ type }) => type)).toEqual(['signal', 'signal-answer', 'signal-answer']);
  });

  it('[SD7] are asked by nobody whose role does not allow it, and answered by nobody who was not asked', () => {
    const { rooms } = createInstances(1);
    const room = rooms[0]!;
    const [ana, wall] = [createTestPeer('ana'), createTestPeer('wall')];
    const viewer = { ...createTestPeer('viewer'), mayAsk: () => false };
    room.show(wall, true);
    room.ask(viewer, reload('s1'));
    expect([viewer.answers, wall.answers]).toEqual([['forbidden s1'], []]);
    room.ask(ana, reload('s2'));
    room.answer(viewer, { id: heardKey(wall), outcome: 'done' });
    room.answer(wall, { id: heardKey(wall), outcome: 'no-output' });
    expect(ana.answers).toEqual([]);
  });

  it('[SD7] that nobody can hear are answered so, and never told later', () => {
    const alone = createInstances(1, 'alone');
    const [ana, wall] = [createTestPeer('ana'), createTestPeer('wall')];
    alone.rooms[0]!.ask(ana, reload('s1'));
    expect(ana.answers).toEqual(['no-output s1']);
    const { rooms, timers } = createInstances(2);
    rooms[0]!.ask(ana, reload('s2'));
    rooms[1]!.show(wall, true);
    for (const { work } of [...timers]) work();
    expect(ana.answers).toEqual(['no-output s1', 'no-output s2']);
    expect(wall.answers).toEqual([]);
  });

  it('[SD7] leave nothing behind when the asker goes, or nobody answers', () => {
    const { rooms, timers } = createInstances(1);
    const room = rooms[0]!;
    const [ana, wall] = [createTestPeer('ana'), createTestPeer('wall')];
    room.show(wall, true);
    for (let i = 0; i < 2_000; i++) room.ask(ana, reload(`s${String(i)}`));
    expect(timers.length).toBeLessThanOrEqual(500);
    room.leave(ana);
    expect(timers).toEqual([]);
    room.leave(wall);
    const before = wall.answers.length;
    room.ask(createTestPeer('ben'), reload('s1'));
    expect(wall.answers).toHaveLength(before);
  });
});
