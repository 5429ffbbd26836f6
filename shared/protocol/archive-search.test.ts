import { describe, expect, it } from 'vitest';
import { createStampClock } from '../kernel/stamp.ts';
import { ReplicaId, StreamId } from '../model/ids.ts';
import { readTeamArchive, showArchived } from './archive-search.ts';

const stamp = createStampClock({ nowMs: () => 1_000 }, ReplicaId.parse('replica1')).next();
const record = (fields: Record<string, unknown>) => ({
  births: [stamp],
  fields: Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value, stamp }])),
});
const link = 'https://www.twitch.tv/anna';
const asked = { text: 'bridge', fromMs: null, untilMs: 86_400_000, offset: 50 };

describe('what the archive holds', () => {
  it('is shown as the stream or event that it was, and not at all where it cannot be read', () => {
    const stream = { id: 'streams/abc', atMs: 5, record: record({ link, platform: 'twitch', city: 'Oslo' }) };
    expect(showArchived(stream)).toMatchObject([
      { type: 'stream', atMs: 5, stream: { id: StreamId.parse('abc'), city: 'Oslo', addedAt: 1_000 } },
    ]);
    const event = { id: 'events/e', atMs: 6, record: record({ title: 'March', at: 7, 's:abc': {} }) };
    expect(showArchived(event)).toMatchObject([
      { type: 'event', event: { title: 'March', at: 7, streams: { abc: {} } } },
    ]);
    for (const bad of [
      { ...stream, record: record({ platform: 'twitch' }) },
      { ...stream, record: 'nothing' },
      { ...stream, id: 'walls/abc' },
      { ...stream, id: 'streams/../x y' },
      { ...event, record: record({ at: 7 }) },
    ])
      expect(showArchived(bad)).toEqual([]);
  });

  it('is asked of the team’s server by words and time, a page at a time', async () => {
    const paths: string[] = [];
    const records = [{ id: 'streams/abc', atMs: 5, record: record({ link, platform: 'twitch' }) }];
    const found = await readTeamArchive((path) => {
      paths.push(path);
      return Promise.resolve(Response.json({ total: 51, records }));
    }, asked);
    expect(paths).toEqual(['archive?text=bridge&offset=50&limit=50&until=1970-01-02T00:00:00.000Z']);
    expect(found).toMatchObject({
      ok: true,
      value: { total: 51, isComplete: true, found: [{ type: 'stream' }] },
    });
  });

  it.each([
    ['nobody answers', () => Promise.reject(new Error('away'))],
    ['the answer is none', () => Promise.resolve(new Response('<html>'))],
    ['it holds too much', () => Promise.resolve(Response.json({ total: 1, records: 'all' }))],
  ])('is refused in words where %s', async (_why, ask) => {
    expect(await readTeamArchive(ask, asked)).toMatchObject({ ok: false, error: { retryable: true } });
  });
});
