import {
  notAName,
  refusePage,
  streamPage,
  type PageAddress,
  type PageReading,
  type PlatformReader,
} from './platform-page.ts';

const name = /^[a-z0-9_][a-z0-9_.-]{0,39}$/;
const reserved = new Set(
  'about browse c clip dashboard downloads explore faq follow following live login m p s search settings signup store u wallet'.split(
    ' ',
  ),
);

export const dlive: PlatformReader = {
  platform: 'dlive',
  hosts: ['dlive.tv', 'www.dlive.tv'],
  read: readDLive,
};

function readDLive({ segments }: PageAddress): PageReading {
  const username = (segments[0] ?? '').toLowerCase();
  if (username === 'p') return refusePage('recording', 'This is a past DLive broadcast, not a live stream.');
  if (username === 'clip') return refusePage('clip', 'This is a DLive clip, not a live stream.');
  if (segments.length !== 1 || reserved.has(username)) {
    return refusePage('listing', 'This is a page of DLive itself, not a channel.');
  }
  if (!name.test(username)) return notAName('DLive', username);
  return streamPage({ url: `https://dlive.tv/${username}`, identity: `channel/${username}`, username });
}
