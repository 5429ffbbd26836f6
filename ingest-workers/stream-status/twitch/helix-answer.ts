import { z } from 'zod';
import { given, readJson, readTime } from '../read-json.ts';
import { answer, type Answer } from '../reading.ts';

/** Helix “Get Streams”: only who is live is listed. Source: dev.twitch.tv/docs/api/reference#get-streams */
const HelixStream = z.object({
  user_login: z.string(),
  type: z.string(),
  title: z.string().optional().catch(undefined),
  viewer_count: z.number().optional().catch(undefined),
  started_at: z.string().optional().catch(undefined),
  thumbnail_url: z.string().optional().catch(undefined),
});
const HelixList = z.object({ data: z.array(z.unknown()) });
const HelixUser = z.object({ login: z.string() });

/**
 * Who is live, by login; undefined if the text is no answer of Helix. A row that cannot be read is left out, and then who
 * is not listed may well be live: `isWhole` is false.
 */
export function readHelixStreams(
  text: string,
): { readonly live: ReadonlyMap<string, Answer>; readonly isWhole: boolean } | undefined {
  const list = HelixList.safeParse(readJson(text));
  if (!list.success) return undefined;
  const rows = list.data.data.map((row) => HelixStream.safeParse(row)).filter((row) => row.success);
  const live = new Map(rows.map(({ data }) => [data.user_login.toLowerCase(), describe(data)]));
  return { live, isWhole: rows.length === list.data.data.length };
}

/** The logins that exist; undefined if the text is no answer of Helix. */
export function readHelixUsers(text: string): ReadonlySet<string> | undefined {
  const list = HelixList.safeParse(readJson(text));
  if (!list.success) return undefined;
  const rows = list.data.data.map((row) => HelixUser.safeParse(row)).filter((row) => row.success);
  return new Set(rows.map(({ data }) => data.login.toLowerCase()));
}

function describe(stream: z.infer<typeof HelixStream>): Answer {
  const details = given({
    title: stream.title,
    viewers: stream.viewer_count,
    startedAt: readTime(stream.started_at),
    thumbnail: stream.thumbnail_url?.replace('{width}', '640').replace('{height}', '360'),
  });
  return stream.type === 'live'
    ? answer('live', 'Twitch lists the channel as live.', 'helix type=live', details)
    : answer('offline', 'Twitch shows no live broadcast on the channel.', `helix type=${stream.type}`);
}
