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

const video = /^\d{5,25}$/;
const pageName = /^[a-z0-9][a-z0-9.-]{1,99}$/;
const code = /^[A-Za-z0-9_-]{4,40}$/;

/** First segments that are Facebook's own pages, so that “NAME/live” there names nobody. */
const reserved = new Set(
  `ads bookmarks business dialog events friends gaming games groups hashtag help live login marketplace messages notes
  notifications pages people permalink.php pg photo photo.php photos plugins policies privacy profile.php public reel reels
  saved search settings share sharer sharer.php stories story.php video video.php videos watch`.split(/\s+/),
);

/** Hosts that hold nothing but the way to somewhere else. */
const outgoing = new Set(['l.facebook.com', 'lm.facebook.com']);

export const facebook: PlatformReader = {
  platform: 'facebook',
  hosts: [
    'facebook.com',
    'www.facebook.com',
    'm.facebook.com',
    'web.facebook.com',
    'mbasic.facebook.com',
    'fb.com',
    'www.fb.com',
    'm.fb.com',
    'fb.watch',
    'www.fb.watch',
    ...outgoing,
  ],
  read: readFacebook,
};

function readFacebook({ host, segments, query }: PageAddress): PageReading {
  const [first = '', second = '', third = ''] = segments;
  const folder = first.toLowerCase();
  const part = second.toLowerCase();
  if (outgoing.has(host) || (folder === 'l.php' && segments.length === 1)) return wrapperPage(query.get('u'));
  if (host.endsWith('fb.watch')) return readWatchCode(segments);
  if (folder === 'plugins' && part === 'video.php') return wrapperPage(query.get('href'));
  if (folder === 'share' && part === 'v' && segments.length === 3) {
    return shortLink(`https://www.facebook.com/share/v/${third}`, `share/${third}`, third);
  }
  if (isWatch(folder, part, segments.length)) return videoPage(query.get('v') ?? '');
  if (part === 'videos' && !reserved.has(folder)) return readPageVideo(segments);
  if (part === 'live' && segments.length === 2 && !reserved.has(folder)) return livePage(first);
  if (part === 'posts' || folder === 'photo' || folder === 'reel' || folder === 'story.php') {
    return refusePage('post', 'This is a single Facebook post, not a live stream.');
  }
  return refusePage('listing', 'This Facebook page is neither a live page nor a video.');
}

const isWatch = (folder: string, part: string, depth: number) =>
  (folder === 'watch' && (depth === 1 || (depth === 2 && part === 'live'))) ||
  (folder === 'video.php' && depth === 1);

/** `NAME/videos/ID`, or with the title's words before the id. */
function readPageVideo(segments: readonly string[]): PageReading {
  if (segments.length < 3 || segments.length > 4) {
    return refusePage('listing', 'This is a list of a page’s videos, not a live stream.');
  }
  return videoPage(segments.at(-1) ?? '', segments[0]);
}

function videoPage(id: string, page?: string): PageReading {
  if (!video.test(id)) return notAnId('Facebook', id);
  const username = page?.toLowerCase() ?? '';
  return streamPage({
    url: `https://www.facebook.com/watch/?v=${id}`,
    identity: `video/${id}`,
    videoId: id,
    ...(pageName.test(username) ? { username } : {}),
  });
}

function livePage(name: string): PageReading {
  const username = name.toLowerCase();
  if (!pageName.test(username)) return notAName('Facebook', name);
  return streamPage({
    url: `https://www.facebook.com/${username}/live`,
    identity: `page/${username}`,
    username,
  });
}

function readWatchCode(segments: readonly string[]): PageReading {
  const withFolder = segments.length === 2 && segments[0] === 'v';
  const id = withFolder ? (segments[1] ?? '') : (segments[0] ?? '');
  if (segments.length !== 1 && !withFolder) return notAnId('fb.watch', '');
  return shortLink(`https://fb.watch/${withFolder ? 'v/' : ''}${id}`, `watch/${id}`, id);
}

const shortLink = (url: string, identity: string, id: string): PageReading =>
  code.test(id) ? streamPage({ url, identity, short: true }) : notAnId('Facebook link', id);
