import { expect, it } from 'vitest';
import type { WallView } from '#shared/document/view.ts';
import { ok } from '#shared/kernel/result.ts';
import { ActorId } from '#shared/model/ids.ts';
import { readLiveUrl, streamIdOf } from '#shared/model/stream-url.ts';
import { must, quiet, startTestWorker } from '../collect/test-collector.ts';
import { createDiscordPosts } from './post-changes.ts';

it('[I47] [I48] channels are told what they asked for: what goes live, what comes onto the wall, and nobody is mentioned', async () => {
  const { replica, collector } = await startTestWorker();
  replica.actAs(ActorId.parse('user:ann'), 'operator');
  const { url: link } = must(readLiveUrl('kick.com/abc'));
  const id = streamIdOf(link);
  must(
    await replica.send({
      document: 'catalogue',
      command: { type: 'add-stream', link, fields: { label: '@everyone' } },
    }),
  );
  const posted: { readonly path: string; readonly body: unknown }[] = [];
  let nowMs = Date.UTC(2026, 5, 1);
  let look = () => undefined as void;
  let wall = { name: 'Main', tiles: [] } as unknown as WallView;
  const posts = createDiscordPosts(
    [
      { channel: '1', live: true, wall: false },
      { channel: '2', live: true, wall: true },
    ],
    (_method, path, more) => {
      posted.push({ path, body: more?.body });
      return Promise.resolve(ok(undefined));
    },
    {
      ...{ catalogue: replica.catalogue, wall: () => wall, clock: { nowMs: () => nowMs }, logger: quiet },
      timers: { after: (_ms, work) => ((look = work), () => undefined) },
    },
  );
  must(
    await replica.send({ document: 'catalogue', command: { type: 'set-stream-status', id, status: 'live' } }),
  );
  posts.lookAgain([id]);
  const body = (content: string) => ({ content, allowed_mentions: { parse: [] } });
  const live = body('🔴 **eve** \\@everyone <https://kick.com/abc>');
  await expect
    .poll(() => posted)
    .toEqual([
      { path: '/channels/1/messages', body: live },
      { path: '/channels/2/messages', body: live },
    ]);

  wall = { name: 'Main', tiles: [{ id: 't', stream: id }] } as unknown as WallView;
  look();
  nowMs += 16_000;
  look();
  await expect
    .poll(() => posted.slice(2))
    .toEqual([{ path: '/channels/2/messages', body: body('➕ **eve** \\@everyone') }]);
  posts.stop();
  await collector.stop();
  await replica.close();
});
