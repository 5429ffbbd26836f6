import {
  notAName,
  refusePage,
  streamPage,
  type PageAddress,
  type PageReading,
  type PlatformReader,
} from './platform-page.ts';

const login = /^[a-z0-9_]{2,25}$/;

/** First path segments that are Twitch's own pages. */
const reserved = new Set(
  `about activate bits broadcast checkout clip clips collections communities creatorcamp dashboard directory downloads drops
  embed event events following friends giftcard hi inventory jobs legal live login logout manager messages moderator nux
  p partner passport payments popout popular prime privacy products redeem safety search session settings signup store
  subs subscriptions team teams turbo u unsubscribe user video videos vods wallet watch`.split(/\s+/),
);

export const twitch: PlatformReader = {
  platform: 'twitch',
  hosts: ['twitch.tv', 'www.twitch.tv', 'm.twitch.tv', 'go.twitch.tv', 'player.twitch.tv'],
  read: (address) => (address.host === 'player.twitch.tv' ? readPlayer(address) : readSite(address)),
};

function readPlayer({ query }: PageAddress): PageReading {
  if (query.get('video') || query.get('collection')) return recording();
  return channel(query.get('channel') ?? '');
}

function readSite({ segments }: PageAddress): PageReading {
  const [first = '', second = '', third = ''] = segments.map((segment) => segment.toLowerCase());
  if ((first === 'popout' || first === 'embed') && third === 'chat' && segments.length === 3)
    return channel(second);
  if (first === 'videos' || first === 'video') return recording();
  if (first === 'clip' || first === 'clips') return clip();
  if (segments.length === 0 || reserved.has(first)) {
    return refusePage('listing', 'This is a page of Twitch itself, not a channel.');
  }
  if (segments.length === 1 || (segments.length === 2 && second === 'chat')) return channel(first);
  if (second === 'v' || second === 'video' || second === 'b') return recording();
  if (second === 'clip') return clip();
  return refusePage('listing', 'This is a part of a Twitch channel, not its live page.');
}

function channel(name: string): PageReading {
  const username = name.toLowerCase();
  if (!login.test(username) || reserved.has(username)) return notAName('Twitch', name);
  return streamPage({ url: `https://www.twitch.tv/${username}`, identity: `channel/${username}`, username });
}

const recording = () => refusePage('recording', 'This is a Twitch recording, not a live stream.');
const clip = () => refusePage('clip', 'This is a Twitch clip, not a live stream.');
