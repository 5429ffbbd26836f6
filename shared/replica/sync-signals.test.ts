import { expect, it } from 'vitest';
import { TileId } from '../model/ids.ts';
import type { ClientMessage, SignalAnswer, WantedSignal } from '../protocol/sync-messages.ts';
import { SyncSignals } from './sync-signals.ts';

const cover: WantedSignal = { signal: 'ask-delay', at: 'mark-0001', wish: { type: 'censor', on: true } };
const reload: WantedSignal = { signal: 'reload', tile: TileId.parse('a') };

/** An asker whose clock is the test's, and what became of what was asked. */
function asking(wanted: WantedSignal) {
  const clocks: { readonly ms: number; readonly task: () => void }[] = [];
  const sent: ClientMessage[] = [];
  const after = (ms: number, task: () => void) => {
    const clock = { ms, task };
    clocks.push(clock);
    return () => void clocks.splice(clocks.indexOf(clock), 1);
  };
  const signals = new SyncSignals({ after }, (message) => sent.push(message) > 0);
  const answer = signals.ask(wanted);
  const hear = (outcome: SignalAnswer['outcome']) => signals.onAnswer({ id: 's1', outcome });
  return { answer, hear, clocks, sent };
}

it('of walls that show the same the one that does it is the answer, whatever others say before', async () => {
  const { answer, hear, clocks } = asking(reload);
  hear('failed');
  hear('no-such-tile');
  hear('done');
  expect(await answer).toMatchObject({ outcome: 'done' });
  expect(clocks).toEqual([]);
});

it('a Streamdelay server has longer to answer than a machine that is not meant, and its failure is the answer', async () => {
  const done = asking(cover);
  done.hear('no-such-tile');
  expect(done.clocks.map(({ ms }) => ms > 4_000)).toEqual([true]);
  done.hear('done');
  expect(await done.answer).toMatchObject({ outcome: 'done' });
  const failed = asking(cover);
  failed.hear('failed');
  expect(await failed.answer).toMatchObject({ outcome: 'failed' });
  const none = asking(cover);
  none.hear('no-such-tile');
  for (const { task } of [...none.clocks]) task();
  expect(await none.answer).toMatchObject({ outcome: 'no-such-tile' });
  expect(done.sent).toEqual([{ type: 'signal', signal: { ...cover, id: 's1' } }]);
});
