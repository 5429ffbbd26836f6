import { describe, expect, it } from 'vitest';
import { LogUnavailable } from '../documents/update-log.ts';
import { rememberFound } from './remember-found.ts';

/** A store of which one decides whether it answers and what it has. */
function open() {
  const state = { nowMs: 0, isAway: false, has: new Set(['a', 'b']) };
  const { find, forget } = rememberFound(
    async (ids) =>
      state.isAway
        ? Promise.reject(new LogUnavailable('away'))
        : Promise.resolve(ids.filter((id) => state.has.has(id))),
    (id) => id,
    { nowMs: () => state.nowMs },
  );
  return { state, find, forget };
}

describe('what was found while the database is away', () => {
  it('is known for ten minutes when it was seen before, and the unseen stays unknown', async () => {
    const { state, find } = open();
    expect(await find(['a', 'nobody'])).toEqual(['a']);
    state.isAway = true;
    state.nowMs = 9 * 60_000;
    expect(await find(['a'])).toEqual(['a']);
    await expect(find(['b'])).rejects.toThrow(LogUnavailable);
    await expect(find(['a', 'b'])).rejects.toThrow(LogUnavailable);
    state.nowMs = 11 * 60_000;
    await expect(find(['a'])).rejects.toThrow(LogUnavailable);
  });

  it('is forgotten as soon as the database says that it is gone', async () => {
    const { state, find } = open();
    await find(['a']);
    state.has.delete('a');
    expect(await find(['a'])).toEqual([]);
    state.isAway = true;
    await expect(find(['a'])).rejects.toThrow(LogUnavailable);
  });

  it('is forgotten when another says that it is gone', async () => {
    const { state, find, forget } = open();
    await find(['a', 'b']);
    state.isAway = true;
    forget(['a']);
    await expect(find(['a'])).rejects.toThrow(LogUnavailable);
    expect(await find(['b'])).toEqual(['b']);
  });
});
