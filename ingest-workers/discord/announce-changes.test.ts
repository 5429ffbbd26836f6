import { describe, expect, it } from 'vitest';
import type { CatalogueView, WallView } from '#shared/document/view.ts';
import { ActorId, StreamId, WallId } from '#shared/model/ids.ts';
import type { StreamStatus } from '#shared/model/stream.ts';
import { must, startTestWorker } from '../collect/test-collector.ts';
import { createChangeAnnouncer } from './announce-changes.ts';
import { describeOutcomes, describeStatus, describeWall, fit, plain } from './slash-commands.ts';
import { readLiveUrl, streamIdOf } from '#shared/model/stream-url.ts';

const NOW = Date.UTC(2026, 5, 1);
const MINUTE = 60_000;

async function world() {
  const { replica } = await startTestWorker();
  replica.actAs(ActorId.parse('user:ann'), 'operator');
  const add = async (name: string, label = name): Promise<StreamId> => {
    const { url } = must(readLiveUrl(`kick.com/${name}`));
    must(
      await replica.send({
        document: 'catalogue',
        command: { type: 'add-stream', link: url, fields: { label } },
      }),
    );
    return streamIdOf(url);
  };
  const say = async (id: StreamId, status: StreamStatus): Promise<CatalogueView> => {
    must(await replica.send({ document: 'catalogue', command: { type: 'set-stream-status', id, status } }));
    return replica.catalogue();
  };
  return { replica, add, say };
}

const wallOf = (streams: readonly StreamId[]): WallView =>
  ({
    ...{
      id: WallId.parse('main'),
      name: 'Main',
      bench: [],
      heard: null,
      censored: false,
      scenes: [],
      rules: [],
    },
    tiles: streams.map((stream, index) => ({ id: `t${index}`, stream, heard: index === 0 })),
  }) as unknown as WallView;

describe('what is posted', () => {
  it('[I48] a stream that goes live is posted once in half an hour, and not when it was live before', async () => {
    const { replica, add, say } = await world();
    const before = await add('before');
    await say(before, 'live');
    const id = await add('abc', 'Ann *live* @everyone');
    const announcer = createChangeAnnouncer(replica.catalogue());
    const news = async (status: StreamStatus, atMs: number) =>
      announcer.catalogue(await say(id, status), [id, before], atMs);
    expect(await news('live', NOW)).toBe('🔴 **ann** Ann \\*live\\* \\@everyone <https://kick.com/abc>');
    expect(await news('offline', NOW + MINUTE)).toBeUndefined();
    expect(await news('live', NOW + 2 * MINUTE)).toBeUndefined();
    expect(await news('unknown', NOW + 3 * MINUTE)).toBeUndefined();
    expect(await news('live', NOW + 31 * MINUTE)).toMatch(/🔴/);
  });

  it('[I48] a wall is described when it has been quiet, by what came and what went', async () => {
    const { replica, add } = await world();
    const [a, b, c] = [await add('aaa'), await add('bbb'), await add('ccc')];
    const announcer = createChangeAnnouncer(replica.catalogue());
    const post = (atMs: number) => announcer.wallPost(replica.catalogue(), atMs);
    announcer.wall(wallOf([a, b]), NOW);
    expect(post(NOW + MINUTE)).toBeUndefined();
    announcer.wall(wallOf([a, c]), NOW + MINUTE);
    expect(post(NOW + MINUTE + 1_000)).toBeUndefined();
    announcer.wall(wallOf([c]), NOW + MINUTE + 2_000);
    expect(post(NOW + MINUTE + 16_000)).toBeUndefined();
    expect(post(NOW + MINUTE + 17_000)).toBe('➕ **ccc** ccc\n➖ **aaa** aaa\n➖ **bbb** bbb');
    expect(post(NOW + 2 * MINUTE)).toBeUndefined();
  });

  it('[I47] what others wrote is shown as it is, on one line, and never too long for a post', () => {
    expect(plain('**@here** [x](https://evil.example)\n# big')).toBe(
      '\\*\\*\\@here\\*\\* \\[x\\](https\\://evil.example) \\# big',
    );
    const long = fit(Array.from({ length: 200 }, (_, i) => `line ${i} ${'x'.repeat(30)}`));
    expect(long.length).toBeLessThanOrEqual(2_000);
    expect(long).toMatch(/and \d+ more$/);
  });

  it('[I45] commands say what is known of a stream and what is on the wall', async () => {
    const { replica, add, say } = await world();
    const id = await add('abc', 'Ann');
    const catalogue = await say(id, 'live');
    for (const asked of ['ann', 'ANN ', 'https://www.kick.com/ABC'])
      expect(describeStatus(asked, catalogue, Date.now() + 5 * MINUTE)).toMatch(
        /\*\*ann\*\* Ann · live for 5 min/,
      );
    expect(describeStatus('zzz', catalogue, NOW)).toMatch(/No such stream/);
    expect(describeWall(undefined, catalogue)).toMatch(/not allowed/);
    expect(describeWall(wallOf([id, StreamId.parse('gone')]), replica.catalogue())).toBe(
      'Main:\n🔊 **ann** Ann (live)\n· a stream that is not on the list any more',
    );
    expect(describeOutcomes(['added', 'failed'], ['https://kick.com/a', 'https://kick.com/b'])).toBe(
      '✅ Added: <https://kick.com/a>\n⚠️ Could not be added: <https://kick.com/b>',
    );
  });
});
