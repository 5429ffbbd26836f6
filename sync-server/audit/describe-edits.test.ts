import { describe, expect, it } from 'vitest';
import { ActorId } from '#shared/model/ids.ts';
import type { HistoryChange, HistoryEdit } from '../history/document-history.ts';
import { sumTallies } from './audit-entry.ts';
import { describeEdits } from './describe-edits.ts';

const change = (
  actor: string,
  edits: readonly HistoryEdit[],
  over: Partial<HistoryChange> = {},
): HistoryChange => ({
  ...{ number: 1, actor: ActorId.parse(actor), atMs: 1_000, carried: false, edits },
  ...over,
});
const set = (id: string, key: string, before: string | null, after: string | null): HistoryEdit => ({
  ...{ type: 'set', root: 'streams', id, key, before, after },
});

describe('what edits are in the audit', () => {
  it('[AU2] fields of one record that were changed together are one entry, with before and after', () => {
    const edits = [
      set('a', 'title', 'Old', 'New'),
      set('a', 'city', null, 'Reno'),
      set('b', 'title', 'x', 'y'),
    ];
    const { entries, tallies } = describeEdits('catalogue', [change('user:ana', edits)]);
    expect(tallies).toEqual([]);
    expect(entries).toMatchObject([
      {
        ...{ actor: 'user:ana', action: 'changed', target: 'catalogue/streams/a', atMs: 1_000 },
        ...{ before: { title: 'Old', city: null }, after: { title: 'New', city: 'Reno' } },
      },
      { target: 'catalogue/streams/b' },
    ]);
  });

  it('[AU2] what was added, removed or put away is named so', () => {
    const edits: HistoryEdit[] = [
      { type: 'record-added', root: 'tiles', id: 't', fields: { stream: 'a' } },
      { type: 'record-removed', root: 'tiles', id: 'u', fields: { stream: 'b' } },
      { type: 'generation-left', root: 'streams', generation: '2026-11-22#abcdefgh' },
      { type: 'record-removed', root: 'tiles', id: 'u' },
      { type: 'set', root: 'safety', key: 'blur', before: null, after: true },
    ];
    const { entries } = describeEdits('wall:main', [change('user:ana', edits)]);
    expect(entries.map(({ action, target }) => `${action} ${target}`)).toEqual([
      'added wall:main/tiles/t',
      'removed wall:main/tiles/u',
      'put away wall:main/streams/',
      'changed wall:main/safety/',
    ]);
    expect(entries[0]).toMatchObject({ before: null, after: { stream: 'a' } });
    expect(entries[1]).toMatchObject({ before: { stream: 'b' }, after: null });
  });

  it('[AU4] what bots and rules do is summed up, and so is what others’ edits hold that somebody brought', () => {
    const flips = Array.from({ length: 1_000 }, (_, index) =>
      change('service:status', [set(`s${String(index)}`, 'status', 'live', 'offline')]),
    );
    const { entries, tallies } = describeEdits('catalogue', [
      ...flips,
      change('rule:upkeep', [set('a', 'archived', null, 'x')]),
      change('user:ana', [set('a', 'title', 'x', 'y')], { carried: true }),
    ]);
    expect(entries).toEqual([]);
    const sample = { id: 's0', before: { status: 'live' }, after: { status: 'offline' } };
    expect(sumTallies(tallies)[0]).toMatchObject({ count: 1_000, samples: [sample, {}, {}, {}, {}] });
    expect(new Set(tallies.map(({ actor, action, target }) => `${actor} ${action} ${target}`))).toEqual(
      new Set([
        'service:status changed status catalogue/streams',
        'rule:upkeep changed catalogue/streams',
        'user:ana changed, by others catalogue/streams',
      ]),
    );
  });

  it('[AU2] an update that does very much, or writes very long values, stays readable', () => {
    const many = Array.from({ length: 500 }, (_, index) => set(`s${String(index)}`, 'title', null, 'x'));
    const { entries, tallies } = describeEdits('catalogue', [change('user:ana', many)]);
    expect([entries.length, tallies.length]).toEqual([50, 450]);
    const long = describeEdits('catalogue', [
      change('user:ana', [set('a', 'notes', null, 'x'.repeat(99_999))]),
    ]);
    expect(JSON.stringify(long).length).toBeLessThan(3_000);
  });
});
