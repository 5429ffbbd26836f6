import {
  notAName,
  refusePage,
  streamPage,
  type PageAddress,
  type PageReading,
  type PlatformReader,
} from './platform-page.ts';

/** Slugs neither start nor end with a hyphen; at the start a spreadsheet would take it for a formula. */
const slug = /^[a-z0-9_](?:[a-z0-9_-]{0,38}[a-z0-9_])?$/;

const reserved = new Set(
  `about api app auth browse careers categories category clip clips community-guidelines contact creators dashboard dmca
  download embed explore featured following help jobs legal live login logout messages moderator notifications partners
  popout popular privacy privacy-policy profile register search settings signup store streams studio subscriptions terms
  terms-of-service transactions video videos wallet`.split(/\s+/),
);

export const kick: PlatformReader = {
  platform: 'kick',
  hosts: ['kick.com', 'www.kick.com', 'player.kick.com'],
  read: readKick,
};

function readKick({ segments, query }: PageAddress): PageReading {
  const [first = '', second = '', third = ''] = segments.map((segment) => segment.toLowerCase());
  if (query.get('clip') || first === 'clips' || first === 'clip' || second === 'clips' || second === 'clip')
    return clip();
  if (first === 'popout' && third === 'chat' && segments.length === 3) return channel(second);
  if (first === 'video' || first === 'videos' || second === 'video' || second === 'videos')
    return recording();
  if (segments.length === 0 || reserved.has(first)) {
    return refusePage('listing', 'This is a page of Kick itself, not a channel.');
  }
  if (segments.length === 1 || (segments.length === 2 && second === 'chatroom')) return channel(first);
  return refusePage('listing', 'This is a part of a Kick channel, not its live page.');
}

function channel(name: string): PageReading {
  if (!slug.test(name) || reserved.has(name)) return notAName('Kick', name);
  return streamPage({ url: `https://kick.com/${name}`, identity: `channel/${name}`, username: name });
}

const recording = () => refusePage('recording', 'This is a Kick recording, not a live stream.');
const clip = () => refusePage('clip', 'This is a Kick clip, not a live stream.');
