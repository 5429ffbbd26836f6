import { z } from 'zod';
import { given, readJson, readTime } from '../read-json.ts';
import { answer, noAnswer, type NoAnswer, type Reading } from '../reading.ts';

const text = z.string().optional().catch(undefined);

/** videos.list, part=snippet,liveStreamingDetails. Source: developers.google.com/youtube/v3/docs/videos */
const Video = z.object({
  id: z.string(),
  snippet: z.object({
    title: text,
    liveBroadcastContent: z.enum(['live', 'upcoming', 'none']),
    thumbnails: z
      .object({ medium: z.object({ url: z.string() }) })
      .optional()
      .catch(undefined),
  }),
  liveStreamingDetails: z
    .object({
      actualStartTime: text,
      actualEndTime: text,
      scheduledStartTime: text,
      concurrentViewers: z.coerce.number().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
const VideoList = z.object({ items: z.array(z.unknown()) });
const ErrorAnswer = z.object({
  error: z.object({
    errors: z.array(z.object({ reason: z.string() })).optional(),
    status: z.string().optional(),
  }),
});

/** A reading for each video that was asked for, in their order; undefined if the text is no answer. */
export function readVideos(body: string, ids: readonly string[]): readonly Reading[] | undefined {
  const list = VideoList.safeParse(readJson(body));
  if (!list.success) return undefined;
  const rows = list.data.items.map((row) => Video.safeParse(row));
  const videos = new Map(rows.flatMap((row) => (row.success ? [[row.data.id, row.data] as const] : [])));
  const isWhole = rows.every((row) => row.success);
  return ids.map((id) => {
    const video = videos.get(id);
    if (video !== undefined) return readVideo(video);
    return isWhole
      ? answer(
          'gone',
          'YouTube has no such video; it was removed or made private.',
          'videos.list: not listed',
        )
      : noAnswer('odd-answer', 'YouTube answered oddly about this video.', 'videos.list: unreadable row');
  });
}

function readVideo({ snippet, liveStreamingDetails: live }: z.infer<typeof Video>): Reading {
  const { title, liveBroadcastContent: content, thumbnails } = snippet;
  const said = `liveBroadcastContent: ${content}`;
  const startedAt = readTime(live?.actualStartTime);
  const endedAt = readTime(live?.actualEndTime);
  if (content === 'live' && endedAt === undefined)
    return answer(
      'live',
      'YouTube shows the video as live.',
      said,
      given({ title, startedAt, viewers: live?.concurrentViewers, thumbnail: thumbnails?.medium.url }),
    );
  if (content === 'upcoming')
    return answer(
      'upcoming',
      'The broadcast is scheduled.',
      said,
      given({ title, startsAt: readTime(live?.scheduledStartTime) }),
    );
  const words = live === undefined ? 'This video is no broadcast.' : 'The broadcast has ended.';
  return answer('offline', words, said, {
    ...given({ title, startedAt, endedAt }),
    isFinal: live === undefined || endedAt !== undefined,
  });
}

/** Why a question with a key was refused: the day's quota is used up, or the key is not accepted. */
export function readRefusal(status: number, body: string, untilMidnightMs: number): NoAnswer | undefined {
  if (status !== 400 && status !== 403 && status !== 401) return undefined;
  const read = ErrorAnswer.safeParse(readJson(body));
  const reason = read.success ? (read.data.error.errors?.[0]?.reason ?? read.data.error.status ?? '') : '';
  if (/quota|dailyLimit/i.test(reason))
    return noAnswer(
      'rate-limited',
      'The day’s quota of our YouTube key is used up.',
      reason,
      untilMidnightMs,
    );
  if (/rateLimit/i.test(reason)) return noAnswer('rate-limited', 'YouTube asks us to slow down.', reason);
  return noAnswer('key', 'YouTube does not accept our key.', `HTTP ${status} ${reason}`);
}
