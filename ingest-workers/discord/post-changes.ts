import type { PlatformSurroundings } from '../platform.ts';
import { createChangeAnnouncer } from './announce-changes.ts';
import type { DiscordConfig } from './discord-config.ts';
import type { DiscordRequest } from './discord-rest.ts';

export type DiscordPosts = {
  readonly lookAgain: (changedStreams: Iterable<string>) => void;
  readonly stop: () => void;
};

const LOOK_MS = 5_000;

/** Tells channels what goes live and what comes onto the wall. A post that cannot be sent is not sent later. */
export function createDiscordPosts(
  posts: DiscordConfig['posts'],
  request: DiscordRequest,
  surroundings: Pick<PlatformSurroundings, 'catalogue' | 'wall' | 'clock' | 'timers' | 'logger'>,
): DiscordPosts {
  const { catalogue, wall, clock, timers, logger } = surroundings;
  const announcer = createChangeAnnouncer(catalogue());
  let stopLooking = () => undefined as void;

  const post = async (kind: 'live' | 'wall', content: string | undefined): Promise<void> => {
    if (content === undefined) return;
    for (const { channel } of posts.filter((wanted) => wanted[kind])) {
      const body = { content, allowed_mentions: { parse: [] } };
      const said = await request('POST', `/channels/${channel}/messages`, { body });
      if (!said.ok) logger.warn('a post could not be sent', { channel, why: said.error.words });
    }
  };
  const look = (): void => {
    const shown = wall();
    if (shown !== undefined) announcer.wall(shown, clock.nowMs());
    void post('wall', announcer.wallPost(catalogue(), clock.nowMs()));
    stopLooking = timers.after(LOOK_MS, look);
  };
  if (posts.some((wanted) => wanted.wall)) look();
  return {
    lookAgain(changedStreams) {
      void post('live', announcer.catalogue(catalogue(), changedStreams, clock.nowMs()));
    },
    stop: () => stopLooking(),
  };
}
