import { z } from 'zod';
import { given, readJson, readTime } from '../read-json.ts';
import { answer, noAnswer, type Reading } from '../reading.ts';

const text = z.string().nullish().catch(null);
const count = z.number().nullish().catch(null);

/** GET /public/v1/channels. Source: docs.kick.com/apis/channels */
const Channel = z.object({
  slug: z.string(),
  stream_title: text,
  stream: z
    .object({ is_live: z.boolean(), start_time: text, thumbnail: text, viewer_count: count })
    .nullish(),
});
const ChannelList = z.object({ data: z.array(z.unknown()) });

/** Readings by slug, for those channels that are listed; undefined if the text is no answer. */
export function readKickChannels(body: string): ReadonlyMap<string, Reading> | undefined {
  const list = ChannelList.safeParse(readJson(body));
  if (!list.success) return undefined;
  const rows = list.data.data.map((row) => Channel.safeParse(row)).filter((row) => row.success);
  return new Map(rows.map(({ data }) => [data.slug.toLowerCase(), readChannel(data)]));
}

function readChannel({ stream, stream_title: title }: z.infer<typeof Channel>): Reading {
  if (stream?.is_live !== true)
    return answer('offline', 'Kick shows the channel as offline.', 'stream.is_live: false');
  // A year one stands where nothing has begun.
  const startedAt = readTime(stream.start_time);
  const details = given({ title, startedAt, thumbnail: stream.thumbnail, viewers: stream.viewer_count });
  return answer('live', 'Kick shows the channel as live.', 'stream.is_live: true', details);
}

/** What Kick's own page asks: /api/v2/channels/SLUG */
const WebChannel = z.object({
  slug: z.string(),
  livestream: z
    .object({
      is_live: z.boolean().default(true),
      session_title: text,
      created_at: text,
      viewer_count: count,
      thumbnail: z.object({ url: z.string() }).optional().catch(undefined),
    })
    .nullable(),
});

export function readKickWebChannel(body: string): Reading {
  const read = WebChannel.safeParse(readJson(body));
  if (!read.success) return noAnswer('odd-answer', 'Kick answered oddly.', body);
  const { livestream } = read.data;
  if (livestream === null || !livestream.is_live)
    return answer('offline', 'Kick shows no broadcast on the channel.', 'livestream: null');
  // Times are in UTC and do not say so.
  const startedAt = readTime(livestream.created_at?.replace(' ', 'T').replace(/(?<=\d)$/, 'Z'));
  const details = given({
    ...{ title: livestream.session_title, viewers: livestream.viewer_count, startedAt },
    thumbnail: livestream.thumbnail?.url,
  });
  return answer('live', 'Kick shows a broadcast on the channel.', 'livestream: present', details);
}
