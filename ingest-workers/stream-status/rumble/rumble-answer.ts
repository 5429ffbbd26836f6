import { z } from 'zod';
import { given, readJson, readTime } from '../read-json.ts';
import { answer, noAnswer, type Reading } from '../reading.ts';

/** What Rumble's embedded player is told. 2 is live; 1 is waiting, or over when nothing was recorded; 0 is a recording. */
const EmbedAnswer = z.object({
  live: z.number(),
  livestream_has_dvr: z.unknown().optional(),
  title: z.string().nullish().catch(null),
  pubDate: z.string().nullish().catch(null),
  i: z.string().nullish().catch(null),
});

export function readRumbleEmbed(body: string, isChannel: boolean): Reading {
  const read = EmbedAnswer.safeParse(readJson(body));
  if (!read.success) return noAnswer('odd-answer', 'Rumble answered oddly.', body);
  const { live, livestream_has_dvr: hasDvr, title, i: thumbnail, pubDate } = read.data;
  const said = `live: ${live}, livestream_has_dvr: ${typeof hasDvr}`;
  if (live === 2)
    return answer(
      'live',
      'Rumble shows the video as live.',
      said,
      given({ title, thumbnail, startedAt: readTime(pubDate) }),
    );
  // Its waiting loop plays as if it were a broadcast; it is none.
  if (live === 1 && hasDvr === true)
    return answer('upcoming', 'The broadcast has not begun.', said, given({ title }));
  const isKnown = live === 0 || live === 1;
  if (!isKnown) return noAnswer('odd-answer', 'Rumble answered oddly.', said);
  return answer('offline', 'Rumble shows a recording.', said, { ...given({ title }), isFinal: !isChannel });
}

/** The number that the embedded player has for the video of a page; it differs from the page's own. */
export function findRumbleEmbed(page: string): string | undefined {
  const link =
    /(?:"embedUrl"\s*:\s*"|<link[^>]{0,200}?href="[^"]{0,100}url=)https?(?::|%3A)(?:\/|%2F|\\\/){2}rumble\.com(?:\/|%2F|\\\/)embed(?:\/|%2F|\\\/)(?:[0-9a-z]+\.)?(v[0-9a-z]+)/i.exec(
      page,
    );
  return link?.[1] ?? /Rumble\(\s*"play"\s*,\s*\{\s*["']video["']\s*:\s*["']([0-9a-z]+)["']/.exec(page)?.[1];
}
