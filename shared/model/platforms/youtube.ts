import {
  notAName,
  notAnId,
  refusePage,
  streamPage,
  wrapperPage,
  type PageAddress,
  type PageReading,
  type PlatformReader,
} from './platform-page.ts';

const video = /^[A-Za-z0-9_-]{11}$/;
const channelId = /^UC[A-Za-z0-9_-]{22}$/;
const customName = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}_.\-·]{0,59}$/u;

/** A handle: letters and digits of any script, and `_ - . ·` between them. */
const handle = /^[\p{L}\p{N}_][\p{L}\p{N}\p{M}_.\-·]{0,59}$/u;

/** Words that stand where a video id would and happen to have its length. */
const notVideos = new Set(['videoseries', 'live_stream']);

/** First segments whose second is a video id. */
const videoFolders = new Set(['live', 'embed', 'v', 'e', 'shorts']);

export const youtube: PlatformReader = {
  platform: 'youtube',
  hosts: [
    'youtube.com',
    'www.youtube.com',
    'm.youtube.com',
    'youtu.be',
    'www.youtu.be',
    'youtube-nocookie.com',
    'www.youtube-nocookie.com',
  ],
  isNameCharacter: (character) => /^[\p{L}\p{N}\p{M}_.\-·%]$/u.test(character),
  read: (address) => {
    if (!address.host.endsWith('youtu.be')) return readSite(address);
    return address.segments.length === 1
      ? videoPage(address.segments[0] ?? '')
      : refusePage('listing', 'This short link names no YouTube video.');
  },
};

function readSite({ segments, query }: PageAddress): PageReading {
  const [first = '', second = '', third = ''] = segments;
  const folder = first.toLowerCase();
  if (first.startsWith('@')) return readHandle(segments);
  switch (folder) {
    case 'redirect':
      return wrapperPage(query.get('q'));
    case 'watch':
    case 'watch_popup':
    case 'live_chat':
      return segments.length === 1 ? videoPage(query.get('v') ?? '') : listing();
    case 'live_chat_replay':
      return refusePage('recording', 'This is the chat of an ended broadcast, not a live stream.');
    case 'channel':
      return segments.length === 3 && third.toLowerCase() === 'live' ? channelPage(second) : profile();
    case 'c':
    case 'user':
      return segments.length === 3 && third.toLowerCase() === 'live' ? namedPage(folder, second) : profile();
    case 'clip':
      return refusePage('clip', 'This is a YouTube clip, not a live stream.');
    case 'post':
      return refusePage('post', 'This is a YouTube post, not a live stream.');
  }
  if (!videoFolders.has(folder) || segments.length < 2) return listing();
  if (folder === 'embed' && second.toLowerCase() === 'live_stream')
    return channelPage(query.get('channel') ?? '');
  return segments.length === 2 ? videoPage(second) : listing();
}

function readHandle(segments: readonly string[]): PageReading {
  const [first = '', second] = segments;
  const live = second === undefined || (segments.length === 2 && second.toLowerCase() === 'live');
  if (!live) return refusePage('listing', 'This is a part of a YouTube channel, not its live page.');
  // Lower case first: some capitals become letter and mark, which NFC then joins.
  const username = first.slice(1).toLowerCase().normalize('NFC');
  if (!handle.test(username)) return notAName('YouTube', first);
  const url = `https://www.youtube.com/@${encodeURIComponent(username)}/live`;
  return streamPage({ url, identity: `channel/@${username}`, username });
}

function namedPage(folder: string, name: string): PageReading {
  const username = name.toLowerCase().normalize('NFC');
  if (!customName.test(username)) return notAName('YouTube', name);
  const url = `https://www.youtube.com/${folder}/${encodeURIComponent(username)}/live`;
  return streamPage({ url, identity: `channel/${folder}/${username}`, username });
}

function channelPage(id: string): PageReading {
  if (!channelId.test(id)) return notAnId('YouTube channel', id);
  return streamPage({ url: `https://www.youtube.com/channel/${id}/live`, identity: `channel/${id}` });
}

function videoPage(id: string): PageReading {
  if (!video.test(id) || notVideos.has(id.toLowerCase())) return notAnId('YouTube', id);
  return streamPage({ url: `https://www.youtube.com/watch?v=${id}`, identity: `video/${id}`, videoId: id });
}

const listing = () => refusePage('listing', 'This is a page of YouTube itself, not a stream.');
const profile = () =>
  refusePage(
    'profile',
    'This is a YouTube channel; add “/live” to its address to mean what it is streaming.',
  );
