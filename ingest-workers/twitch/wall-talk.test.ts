import { describe, expect, it } from 'vitest';
import { StreamId, TileId } from '#shared/model/ids.ts';
import { nothingHeard, stepHeard } from './announce-heard.ts';
import { castVote, closeVote, type Vote } from './count-votes.ts';
import { readTwitchMessage } from './read-twitch-message.ts';
import { delayBeforeNext, oneLine } from './speech.ts';

const [A, B] = [StreamId.parse('a'), StreamId.parse('b')];
const [a, b, c] = ['a', 'b', 'c'].map((id) => TileId.parse(id)) as [TileId, TileId, TileId];
const wall = (...ids: readonly TileId[]) =>
  ({ tiles: ids.map((id) => ({ id })) }) as unknown as Parameters<typeof closeVote>[1];

describe('what the wall listens to', () => {
  it('[I53] is said once it was heard for a while, again every so often, and anew for another', () => {
    let state = nothingHeard;
    const said: string[] = [];
    const step = (heard: StreamId | null, atMs: number) => {
      const next = stepHeard(state, heard, { afterMs: 10, everyMs: 100 }, atMs);
      state = next.state;
      if (next.say !== undefined) said.push(`${next.say}${atMs}`);
    };
    for (const [heard, at] of [
      ...[
        [A, 0],
        [A, 9],
        [B, 10],
        [A, 12],
        [A, 22],
        [A, 23],
        [A, 121],
        [A, 122],
      ],
      ...[
        [null, 130],
        [null, 500],
        [A, 501],
        [A, 511],
      ],
    ] as const)
      step(heard, at);
    expect(said).toEqual(['a22', 'a122', 'a511']);
  });
});

describe('a vote', () => {
  const cast = (votes: readonly (readonly [string, TileId | undefined, number])[]) =>
    votes.reduce<Vote>((vote, [voter, tile, atMs]) => castVote(vote, voter, tile, 30, atMs), {
      type: 'closed',
    });

  it('[I54] counts one vote a person, the last one, within the window that the first one opened', () => {
    const vote = cast([
      ['x', a, 0],
      ['y', a, 1],
      ['x', b, 2],
      ['z', b, 3],
      ['w', undefined, 4],
    ]);
    expect(closeVote(vote, wall(a, b), 1, 29).result).toBeUndefined();
    expect(closeVote(vote, wall(a, b), 1, 30)).toEqual({
      vote: { type: 'closed' },
      result: { tile: b, votes: 2, voters: 3 },
    });
  });

  it('[I54] is won by a tile that is there when it closes; of equals by the first; by nobody when too few voted', () => {
    const vote = cast([
      ['x', a, 0],
      ['y', c, 1],
      ['z', b, 2],
    ]);
    expect(closeVote(vote, wall(b, c), 1, 30).result?.tile).toBe(c);
    expect(closeVote(vote, wall(a, b, c), 4, 30).result).toBeUndefined();
    expect(closeVote(vote, wall(), 1, 30).result).toBeUndefined();
    expect(closeVote(cast([['w', undefined, 0]]), wall(a), 1, 99).result).toBeUndefined();
  });

  it('[I54] that comes after the window opens another one', () => {
    expect(
      cast([
        ['x', a, 0],
        ['y', b, 31],
      ]),
    ).toMatchObject({ untilMs: 61, choices: new Map([['y', b]]) });
  });
});

describe('what the bot says', () => {
  it('[I55] keeps a second between two lines and 18 lines to half a minute', () => {
    let now = 0;
    let said: readonly number[] = [];
    for (let line = 0; line < 100; line += 1) {
      now += delayBeforeNext(said, now);
      said = [...said, now];
    }
    for (const [index, at] of said.entries()) {
      expect(said.filter((other) => other >= at && other < at + 30_000).length).toBeLessThanOrEqual(18);
      if (index > 0) expect(at - (said[index - 1] ?? 0)).toBeGreaterThanOrEqual(1_000);
    }
  });

  it('[I55] is one line and no command, whatever a stream is called', () => {
    expect(oneLine('/ban ann')).toBe('ban ann');
    expect(oneLine('hello\r\nPRIVMSG #other :spam\u202e')).toBe('hello PRIVMSG #other :spam');
    expect(oneLine('x'.repeat(2_000))).toHaveLength(450);
  });

  it('[I50] a message of user 1, and tags that are no tags, are read for what they are', () => {
    expect(readTwitchMessage('#Street', { id: 'm', 'user-id': true, username: 'x' }, 't', 5)).toMatchObject({
      ...{ channel: 'street', authorId: '1', atMs: 5 },
    });
    expect(readTwitchMessage('#street', { id: {} }, 't', 5)).toBeUndefined();
    expect(readTwitchMessage('#street', null, 't', 5)).toBeUndefined();
  });
});
