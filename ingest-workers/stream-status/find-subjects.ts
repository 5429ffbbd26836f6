import type { StreamerView, StreamView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { readLiveUrl, readStreamUrl, streamIdOf, type StreamUrl } from '#shared/model/stream-url.ts';
import { unknownYet } from './belief.ts';
import type { Checked } from './check-book.ts';
import { memoryOfView } from './memory-of-view.ts';
import { ownerOf } from './share-streams.ts';
import type { StatusView } from './status-view.ts';

/** A streamer's channel that is not in the catalogue: it is asked about, so that it appears when it goes live. */
export type KnownChannel = Readonly<{ url: StreamUrl; streamer: StreamerView }>;

export type Found = Readonly<{
  streams: readonly Checked[];
  /** By the id that the stream would have. */
  known: ReadonlyMap<StreamId, KnownChannel>;
}>;

/** What this checker is to ask about, of all that the catalogue holds. */
export function findSubjects(view: StatusView, self: string, checkers: readonly string[]): Found {
  const isMine = (id: StreamId) => ownerOf(id, checkers) === self;
  const streams: Checked[] = [];
  for (const stream of view.streams.values()) {
    if (!isMine(stream.id) || !mayCheck(stream)) continue;
    const url = readStreamUrl(stream.link);
    if (!url.ok || url.value.short === true) continue;
    const priority =
      stream.streamer === undefined ? undefined : view.streamers.get(stream.streamer)?.priority;
    const subject = { id: stream.id, platform: url.value.platform, url: url.value };
    streams.push({ subject, memory: memoryOfView(stream), ...(priority === undefined ? {} : { priority }) });
  }
  const known = findKnown(view, isMine);
  for (const [id, { url, streamer }] of known) {
    const memory = { belief: unknownYet, details: {}, silences: 0, isFinal: false };
    streams.push({ subject: { id, platform: url.platform, url }, memory, priority: streamer.priority ?? 0 });
  }
  return { streams, known };
}

/** A person can say that a stream is not to be checked; what lies behind or over the wall is no broadcast. */
const mayCheck = ({ noCheck, archived, moderation, kind }: StreamView) =>
  noCheck !== true &&
  archived !== true &&
  moderation !== 'refused' &&
  kind !== 'background' &&
  kind !== 'overlay';

/** What was put away is not listed any more; what was refused, or is not to be checked, is no channel to look at. */
const isUnlisted = (stream: StreamView | undefined): boolean =>
  stream === undefined ||
  (stream.archived === true && stream.moderation !== 'refused' && stream.noCheck !== true);

function findKnown(view: StatusView, isMine: (id: StreamId) => boolean): ReadonlyMap<StreamId, KnownChannel> {
  const known = new Map<StreamId, KnownChannel>();
  for (const streamer of view.streamers.values()) {
    if (streamer.priority === undefined) continue;
    for (const account of streamer.accounts) {
      const url = account.active ? channelOf(account) : undefined;
      if (url === undefined) continue;
      const id = streamIdOf(url.url);
      if (isMine(id) && isUnlisted(view.streams.get(view.resolve(id)))) known.set(id, { url, streamer });
    }
  }
  return known;
}

type Account = StreamerView['accounts'][number];

/** Where a streamer's broadcasts are to be found, on platforms where a name leads to them. */
const channels: Partial<Record<Account['platform'], (name: string) => string>> = {
  twitch: (name) => `https://www.twitch.tv/${name}`,
  youtube: (name) =>
    /^UC[A-Za-z0-9_-]{22}$/.test(name)
      ? `https://www.youtube.com/channel/${name}/live`
      : `https://www.youtube.com/@${name.replace(/^@/, '')}/live`,
  kick: (name) => `https://kick.com/${name}`,
  tiktok: (name) => `https://www.tiktok.com/@${name.replace(/^@/, '')}/live`,
  rumble: (name) => `https://rumble.com/c/${name}/live`,
  dlive: (name) => `https://dlive.tv/${name}`,
};

function channelOf({ platform, username, profileUrl }: Account): StreamUrl | undefined {
  const texts = [channels[platform]?.(encodeURIComponent(username)), profileUrl];
  for (const text of texts) {
    const read = text === undefined ? undefined : readLiveUrl(text);
    if (read?.ok === true && read.value.platform === platform && read.value.short !== true) return read.value;
  }
  return undefined;
}
