import { expect, it } from 'vitest';
import { TileState, type TileReport } from '#shared/protocol/tile-report.ts';
import { tileId } from '../wall-grid/sample-wall.ts';
import { tileCondition } from './tile-words.ts';

const report = (changes: Partial<TileReport>): TileReport => ({
  tile: tileId('a'),
  state: 'playing',
  fault: null,
  words: '',
  sinceMs: 0,
  retryAtMs: null,
  ...changes,
});

it('a tile that is tried again counts down, whatever it waits for, with the reason as the wall gives it', () => {
  const words = 'The page has no video. Trying again in 9 s.';
  const retrying = report({ state: 'retrying', retryAtMs: 14_000, words });
  expect(tileCondition(retrying, 10_000)).toEqual({
    tone: 'recovering',
    words: 'Trying again in 4 s',
    reason: 'The page has no video.',
  });
  expect(tileCondition(retrying, 20_000).words).toBe('Trying again now');
  const offline = report({ state: 'offline', retryAtMs: 14_000, words: 'The broadcast has ended.' });
  expect(tileCondition(offline, 10_000)).toMatchObject({
    words: 'Offline, next try in 4 s',
    reason: 'The broadcast has ended.',
  });
});

it('every state has words, and one that failed a tone of its own', () => {
  for (const state of TileState.options) expect(tileCondition(report({ state }), 0).words).not.toBe('');
  expect(tileCondition(report({ state: 'failed' }), 0).tone).toBe('failed');
});

it('without a report nothing is claimed', () => {
  expect(tileCondition(undefined, 0).tone).toBe('unknown');
});
