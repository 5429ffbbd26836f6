import { describe, expect, it } from 'vitest';
import { arrangementOf } from '#shared/document/copy-wall.ts';
import type { Command } from '#shared/document/command.ts';
import { fail, ok } from '#shared/kernel/result.ts';
import type { WallView } from '#shared/document/view.ts';
import type { TeamChange } from '#shared/protocol/team-history.ts';
import { mirrorOf } from '../stores/control-mirror.ts';
import type { Control } from '../stores/control-context.tsx';
import { streamOf, wallOf } from '../wall-grid/sample-wall.ts';
import { messages } from './messages.ts';
import { takeBackChange, takeBackMoment } from './take-back.ts';

/** A room whose past is known: what is sent and said in it is written down. */
function room(now: WallView, past: readonly WallView[] = []) {
  const sent: Command[] = [];
  const said: string[] = [];
  const mirror = mirrorOf({
    ...{ streams: [streamOf('a', { label: 'Tower' })], streamers: [], locations: [], ignore: [], events: [] },
    ...{ walls: [], wall: now, reports: [], saving: { state: 'saved' }, notices: [], problems: [] },
    versions: { app: '', electron: '' },
  });
  const actions = {
    all: (commands: readonly Command[]) => Promise.resolve(sent.push(...commands)),
    say: (words: string) => void said.push(words),
    readMoment: (number: number) => {
      const then = past[number];
      const message = 'That is not kept any more.';
      return Promise.resolve(
        then === undefined
          ? fail({ reason: 'not-found', message, retryable: false } as const)
          : ok(arrangementOf(then)),
      );
    },
  } as unknown as Control['actions'];
  return { sent, said, parts: { actions, mirror: { getState: () => mirror } as Control['mirror'] } };
}

const change = (number: number): TeamChange => ({
  ...{ number, actor: 'user:b' as TeamChange['actor'], atMs: 0, edits: [], more: 0 },
});

describe('what somebody did', () => {
  it('is taken back on the wall and in the list, as one step', () => {
    const [before, after] = [wallOf(['a.'], '', { name: 'Old' }), wallOf(['ab'], '', { name: 'New' })];
    const { sent, parts } = room(after);
    const was = streamOf('a', { label: 'Bridge' });
    const streams = [{ before: was, after: streamOf('a', { label: 'Tower' }) }];
    takeBackMoment({ id: 1, atMs: 0, words: '', mine: false, before, after, streams }, parts);
    expect(sent.map(({ command }) => command.type)).toEqual([
      ...['set-name', 'rename-wall', 'remove-tile', 'edit-stream'],
    ]);
  });

  it('before this window was opened is taken back by how the wall was before and after', async () => {
    const walls = [wallOf(['..']), wallOf(['a.']), wallOf(['.a'])];
    const { sent, parts } = room(walls[2]!, walls);
    await takeBackChange(change(2), 'wall', parts);
    expect(sent).toMatchObject([{ command: { type: 'place-tile', tile: 'a', at: { x: 0, y: 0 } } }]);
  });

  it('and is no more as it was left, or is not kept, is said', async () => {
    const walls = [wallOf(['..']), wallOf(['a.']), wallOf(['.a'])];
    const { sent, said, parts } = room(wallOf(['..']), walls);
    await takeBackChange(change(2), 'wall', parts);
    await takeBackChange(change(9), 'wall', parts);
    await takeBackChange(change(9), 'list', parts);
    expect(sent).toEqual([]);
    expect(said).toEqual([messages.nothingLeft, 'That is not kept any more.', messages.nothingLeft]);
  });
});
