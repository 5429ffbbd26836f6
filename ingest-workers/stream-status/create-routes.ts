import type { Platform } from '#shared/model/stream.ts';
import type { AppCredentials } from './app-token.ts';
import { createDirectMedia } from './direct/direct-media.ts';
import { createDliveUser } from './dlive/dlive-user.ts';
import { createFacebookPage } from './facebook/facebook-page.ts';
import { instagramNothing } from './instagram/instagram-nothing.ts';
import { createKickApi } from './kick/kick-api.ts';
import { createKickWeb } from './kick/kick-web.ts';
import { createAnyPage } from './page/any-page.ts';
import { createRumbleEmbed } from './rumble/rumble-embed.ts';
import type { RouteTools, StatusRoute } from './status-route.ts';
import { createTiktokRoom } from './tiktok/tiktok-room.ts';
import { createTwitchGql } from './twitch/twitch-gql.ts';
import { createTwitchHelix } from './twitch/twitch-helix.ts';
import { createXBroadcast } from './x/x-broadcast.ts';
import { createYoutubePages } from './youtube/youtube-pages.ts';
import { createYoutubeVideos } from './youtube/youtube-videos.ts';

/** Keys that the operator has; every platform works without, with less. */
export type PlatformKeys = Readonly<{
  twitch?: AppCredentials;
  kick?: AppCredentials;
  youtube?: string;
}>;

export type Routes = Readonly<Record<Platform, readonly StatusRoute[]>>;

/** The ways to read each platform, the best first. */
export function createRoutes(tools: RouteTools, keys: PlatformKeys): Routes {
  return {
    twitch: [
      ...(keys.twitch === undefined ? [] : [createTwitchHelix(tools, keys.twitch)]),
      createTwitchGql(tools),
    ],
    youtube: [
      ...(keys.youtube === undefined ? [] : [createYoutubeVideos(tools, keys.youtube)]),
      createYoutubePages(tools),
    ],
    kick: [...(keys.kick === undefined ? [] : [createKickApi(tools, keys.kick)]), createKickWeb(tools)],
    tiktok: [createTiktokRoom(tools)],
    facebook: [createFacebookPage(tools)],
    instagram: [instagramNothing],
    rumble: [createRumbleEmbed(tools)],
    dlive: [createDliveUser(tools)],
    x: [createXBroadcast(tools)],
    direct: [createDirectMedia(tools)],
    other: [createAnyPage(tools)],
  };
}
