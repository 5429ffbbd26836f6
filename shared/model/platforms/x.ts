import {
  notAnId,
  refusePage,
  streamPage,
  type PageAddress,
  type PageReading,
  type PlatformReader,
} from './platform-page.ts';

const broadcast = /^[A-Za-z0-9]{8,20}$/;

export const x: PlatformReader = {
  platform: 'x',
  hosts: [
    'x.com',
    'www.x.com',
    'mobile.x.com',
    'twitter.com',
    'www.twitter.com',
    'mobile.twitter.com',
    'm.twitter.com',
  ],
  read: readX,
};

function readX({ segments }: PageAddress): PageReading {
  const [first = '', second = '', id = ''] = segments;
  const folder = first.toLowerCase() === 'i' ? second.toLowerCase() : '';
  if (folder === 'spaces')
    return refusePage('audio-only', 'This is a Space on X, which has sound but no picture.');
  if (folder === 'broadcasts' && segments.length === 3) {
    if (!broadcast.test(id)) return notAnId('X broadcast', id);
    return streamPage({ url: `https://x.com/i/broadcasts/${id}`, identity: `broadcast/${id}`, videoId: id });
  }
  if (segments.length > 2 && second.toLowerCase() === 'status') {
    return refusePage(
      'post',
      'A post on X does not say whether it is live; the broadcast’s own link (/i/broadcasts/…) does.',
    );
  }
  return refusePage('listing', 'On X only links to a broadcast (/i/broadcasts/…) are streams.');
}
