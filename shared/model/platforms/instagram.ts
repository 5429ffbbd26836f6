import {
  notAName,
  refusePage,
  streamPage,
  wrapperPage,
  type PageAddress,
  type PageReading,
  type PlatformReader,
} from './platform-page.ts';

const name = /^[a-z0-9_.]{1,30}$/;
const posts = new Set(['p', 'reel', 'reels', 'tv', 'stories', 's']);
const reserved = new Set(
  'about accounts ar challenge developer direct emails explore legal live nametag press share web'.split(' '),
);

export const instagram: PlatformReader = {
  platform: 'instagram',
  hosts: ['instagram.com', 'www.instagram.com', 'm.instagram.com', 'l.instagram.com'],
  read: readInstagram,
};

function readInstagram({ host, segments, query }: PageAddress): PageReading {
  if (host === 'l.instagram.com') return wrapperPage(query.get('u'));
  const [username = '', part = ''] = segments.map((segment) => segment.toLowerCase());
  if (posts.has(username)) return refusePage('post', 'This is a single Instagram post, not a live stream.');
  if (username === '' || reserved.has(username)) {
    return refusePage('listing', 'This is a page of Instagram itself, not a streamer.');
  }
  if (part !== 'live' || segments.length > 3) {
    return refusePage(
      'profile',
      'This is an Instagram profile; add “/live” to its address to mean a live stream.',
    );
  }
  if (!name.test(username) || username.startsWith('.') || username.endsWith('.'))
    return notAName('Instagram', username);
  return streamPage({
    url: `https://www.instagram.com/${username}/live`,
    identity: `channel/${username}`,
    username,
  });
}
