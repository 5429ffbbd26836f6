import type { CityIndex } from '#shared/model/city-index.ts';
import { readSighting, type SightedStream } from '#shared/model/read-sighting.ts';
import type { RefusedLink } from '#shared/model/find-links.ts';

/** What the command answers about one message. */
export type SightingAnswer = {
  readonly streams: readonly StreamAnswer[];
  readonly city: string | null;
  readonly region: string | null;
  readonly refused?: readonly RefusedAnswer[];
};

type StreamAnswer = Partial<Pick<SightedStream, 'username' | 'videoId' | 'city' | 'region'>> &
  Pick<SightedStream, 'platform' | 'url'> & { readonly written?: string; readonly why?: string };

type RefusedAnswer = Pick<RefusedLink, 'reason' | 'message' | 'start' | 'end'> & { readonly written: string };

/** Reads a message as the bots do. With `explain`, also why each link was taken or refused, and each stream's place. */
export function describeSighting(
  text: string,
  cities: CityIndex,
  options: { readonly explain: boolean; readonly directMedia: boolean },
): SightingAnswer {
  const { streams, refused, city, region } = readSighting(text, cities, { directMedia: options.directMedia });
  const answer = { streams: streams.map((stream) => describeStream(stream, options.explain)), city, region };
  return options.explain ? { ...answer, refused: refused.map(describeRefused) } : answer;
}

function describeStream(stream: SightedStream, explain: boolean): StreamAnswer {
  const { platform, url, username, videoId } = stream;
  const names = {
    ...(username === undefined ? {} : { username }),
    ...(videoId === undefined ? {} : { videoId }),
  };
  if (!explain) return { platform, url, ...names };
  const { city, region, text } = stream;
  return { platform, url, ...names, city, region, written: text, why: whyTaken(stream) };
}

function whyTaken({ platform, username, videoId, short, url }: SightedStream): string {
  if (short)
    return `A short link of ${platform}: only the network knows where it leads, so it is resolved later.`;
  if (platform === 'direct') return 'A media file or playlist on a public host.';
  if (videoId !== undefined) return `The ${platform} video ${videoId}, which may be live.`;
  if (username !== undefined) return `The ${platform} channel ${username}.`;
  return `A live page of ${platform}: ${url}.`;
}

const describeRefused = ({ text, reason, message, start, end }: RefusedLink): RefusedAnswer => ({
  written: text,
  reason,
  message,
  start,
  end,
});
