import { z } from 'zod';
import { given, readJsonAt, readTime } from '../read-json.ts';
import { answer, noAnswer, type Reading } from '../reading.ts';

const flag = z.boolean().optional().catch(undefined);
const words = z.string().optional().catch(undefined);

/** What a watch page tells its own player. */
const PlayerResponse = z.object({
  playabilityStatus: z
    .object({
      status: words,
      reason: words,
      liveStreamability: z
        .object({
          liveStreamabilityRenderer: z.object({
            offlineSlate: z
              .object({ liveStreamOfflineSlateRenderer: z.object({ scheduledStartTime: words }) })
              .optional()
              .catch(undefined),
          }),
        })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  videoDetails: z
    .object({
      ...{ title: words, isLive: flag, isUpcoming: flag, isLiveContent: flag, isPostLiveDvr: flag },
      thumbnail: z
        .object({ thumbnails: z.array(z.object({ url: z.string() })) })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
  microformat: z
    .object({
      playerMicroformatRenderer: z.object({
        liveBroadcastDetails: z
          .object({ isLiveNow: flag, startTimestamp: words, endTimestamp: words })
          .optional()
          .catch(undefined),
      }),
    })
    .optional()
    .catch(undefined),
});
type PlayerResponse = z.infer<typeof PlayerResponse>;

/**
 * Reads a watch page, or a channel's live page. Only what the page tells its own player counts: other people's live
 * videos are recommended on every page. `isChannel`: a channel may be live again, a video of its own is over for good.
 */
export function readWatchPage(page: string, isChannel: boolean): Reading {
  const at = /ytInitialPlayerResponse\s*=\s*\{/.exec(page);
  const found =
    at === null ? undefined : PlayerResponse.safeParse(readJsonAt(page, at.index + at[0].length - 1));
  if (found?.success === true) return readPlayer(found.data, isChannel);
  if (isChannel && isChannelPage(page)) return readChannelPage(page);
  return noAnswer('odd-answer', 'YouTube’s page could not be understood.', page.slice(0, 100));
}

function readPlayer(player: PlayerResponse, isChannel: boolean): Reading {
  const { videoDetails: video, playabilityStatus: playable } = player;
  const live = player.microformat?.playerMicroformatRenderer.liveBroadcastDetails;
  const said = `playability ${playable?.status ?? '-'}, isLive ${video?.isLive ?? '-'}, isLiveNow ${live?.isLiveNow ?? '-'}`;
  const times = { startedAt: readTime(live?.startTimestamp), endedAt: readTime(live?.endTimestamp) };
  const isFinal = !isChannel;
  if (video === undefined && live === undefined) return readUnplayable(playable, said);
  const ended = () =>
    answer('offline', 'The broadcast has ended.', said, {
      ...given({ title: video?.title, ...times }),
      isFinal,
    });
  if (video?.isPostLiveDvr === true || times.endedAt !== undefined) return ended();
  if (video?.isUpcoming === true) return upcoming(player, said);
  if (video?.isLive === true || live?.isLiveNow === true) {
    const thumbnail = video?.thumbnail?.thumbnails.at(-1)?.url;
    const details = given({ title: video?.title, startedAt: times.startedAt, thumbnail });
    return answer('live', 'YouTube shows the video as live.', said, details);
  }
  if (video?.isLiveContent === true || live !== undefined) return ended();
  return answer('offline', 'This video is no broadcast.', said, {
    ...given({ title: video?.title }),
    isFinal,
  });
}

function upcoming({ videoDetails, microformat, playabilityStatus }: PlayerResponse, said: string): Reading {
  const slate = playabilityStatus?.liveStreamability?.liveStreamabilityRenderer.offlineSlate;
  const seconds = Number(slate?.liveStreamOfflineSlateRenderer.scheduledStartTime);
  const begin = microformat?.playerMicroformatRenderer.liveBroadcastDetails?.startTimestamp;
  const startsAt = readTime(begin) ?? readTime(seconds * 1000);
  return answer(
    'upcoming',
    'The broadcast is scheduled.',
    said,
    given({ title: videoDetails?.title, startsAt }),
  );
}

function readUnplayable(playable: PlayerResponse['playabilityStatus'], said: string): Reading {
  const reason = playable?.reason ?? '';
  if (playable?.status === 'ERROR')
    return answer('gone', `YouTube says: ${reason.slice(0, 200) || 'unavailable'}.`, said);
  if (/not a bot/i.test(reason))
    return noAnswer('blocked', 'YouTube wants to know whether we are human.', said);
  if (playable?.status === 'LOGIN_REQUIRED')
    return noAnswer('login', 'YouTube shows this only after a login.', said);
  return noAnswer('odd-answer', 'YouTube’s page does not say what the video is.', said);
}

const isChannelPage = (page: string) =>
  /<link rel="canonical" href="https:\/\/www\.youtube\.com\/(?:channel\/|@|c\/|user\/)/.test(page);

/** With several broadcasts a channel's live page stays a list: of its own, so a badge on it counts. */
function readChannelPage(page: string): Reading {
  const at = /ytInitialData\s*=\s*\{/.exec(page);
  const data = at === null ? undefined : readJsonAt(page, at.index + at[0].length - 1);
  const tab = findSelectedTab(data, 0);
  if (tab !== undefined && /"style":"(?:LIVE|BADGE_STYLE_TYPE_LIVE_NOW)"/.test(JSON.stringify(tab)))
    return answer('live', 'The channel lists a live broadcast.', 'selected tab: LIVE badge');
  return answer('offline', 'The channel shows no live broadcast.', 'canonical: the channel');
}

function findSelectedTab(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > 8) return undefined;
  if ('tabRenderer' in value) {
    const { tabRenderer } = value;
    const isSelected = typeof tabRenderer === 'object' && tabRenderer !== null && 'selected' in tabRenderer;
    return isSelected && tabRenderer.selected === true ? tabRenderer : undefined;
  }
  for (const part of Object.values(value)) {
    const found: unknown = findSelectedTab(part, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
