import {
  notAName,
  notAnId,
  refusePage,
  streamPage,
  type PageAddress,
  type PageReading,
  type PlatformReader,
} from './platform-page.ts';

const name = /^[a-z0-9_.]{1,24}$/;
const room = /^\d{5,25}$/;
const code = /^[A-Za-z0-9_-]{4,24}$/;

export const tiktok: PlatformReader = {
  platform: 'tiktok',
  hosts: ['tiktok.com', 'www.tiktok.com', 'm.tiktok.com', 'vm.tiktok.com', 'vt.tiktok.com'],
  read: readTikTok,
};

function readTikTok({ host, segments }: PageAddress): PageReading {
  const [first = '', second = '', third = ''] = segments;
  if (host === 'vm.tiktok.com' || host === 'vt.tiktok.com') {
    return segments.length === 1 ? shortLink(`https://${host}/${first}`, first) : listing();
  }
  if (first.startsWith('@')) return readChannel(segments);
  const folder = first.toLowerCase();
  if (folder === 't' && segments.length === 2) return shortLink(`https://www.tiktok.com/t/${second}`, second);
  if (folder === 'share' && second.toLowerCase() === 'live' && segments.length === 3) return roomPage(third);
  return listing();
}

function readChannel(segments: readonly string[]): PageReading {
  const [first = '', second, third] = segments;
  const part = second?.toLowerCase();
  if (part === 'video' || part === 'photo')
    return refusePage('post', 'This is a posted TikTok, not a live stream.');
  const live = part === undefined || (part === 'live' && (third === undefined || room.test(third)));
  if (!live || segments.length > 3) return listing();
  const username = first.slice(1).toLowerCase();
  if (!name.test(username) || username.endsWith('.')) return notAName('TikTok', first);
  return streamPage({
    url: `https://www.tiktok.com/@${username}/live`,
    identity: `channel/${username}`,
    username,
  });
}

/** A link to a broadcast whose streamer only TikTok knows. */
function roomPage(id: string): PageReading {
  if (!room.test(id)) return notAnId('TikTok room', id);
  return streamPage({
    url: `https://m.tiktok.com/share/live/${id}`,
    identity: `room/${id}`,
    videoId: id,
    short: true,
  });
}

/** TikTok makes a new code at every sharing, so two codes may lead to one stream. */
function shortLink(url: string, id: string): PageReading {
  return code.test(id)
    ? streamPage({ url, identity: `short/${id}`, short: true })
    : notAnId('TikTok link', id);
}

const listing = () => refusePage('listing', 'This is a page of TikTok itself, not a streamer.');
