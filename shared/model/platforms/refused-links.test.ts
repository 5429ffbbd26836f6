import { describe, expect, it } from 'vitest';
import type { LinkRefusalReason } from '../link-refusal.ts';
import { MAX_LINK_LENGTH } from '../stream.ts';
import { readLiveUrl } from '../stream-url.ts';

function refusal(text: string): LinkRefusalReason {
  const read = readLiveUrl(text);
  if (read.ok) throw new Error(`${text} was taken as ${read.value.url}`);
  expect(read.error.message).toMatch(/^[A-Z“].*\.$/u);
  return read.error.reason;
}

const UC = 'UCSJ4gkVC6NrvII8umztf0Ow';
const ID = 'X9kLm2Pq_7w';

const refused: Readonly<Partial<Record<LinkRefusalReason, readonly string[]>>> = {
  recording: [
    'https://www.twitch.tv/videos/2214567890',
    'https://www.twitch.tv/unicornriot/video/2214567890',
    'https://player.twitch.tv/?channel=unicornriot&video=v22145',
    'https://player.twitch.tv/?collection=abc',
    'https://kick.com/streetview/videos/0f1e-2d3c',
    'https://kick.com/video/0f1e-2d3c',
    'https://dlive.tv/p/streetnews+Ab1cDe2fG',
    `https://www.youtube.com/live_chat_replay?v=${ID}`,
  ],
  clip: [
    'https://www.twitch.tv/unicornriot/clip/PoliteSmallPigeon',
    'https://kick.com/streetview?clip=clip_01',
    'https://kick.com/streetview/clips/clip_01',
    'https://www.youtube.com/clip/UgkxAbCdEf',
  ],
  post: [
    'https://www.tiktok.com/@name/video/7353412345678901234',
    'https://www.tiktok.com/@name/photo/7353412345678901234',
    'https://www.facebook.com/name/posts/123456',
    'https://www.facebook.com/reel/1234567890',
    'https://www.facebook.com/photo/?fbid=1234567890',
    'https://www.instagram.com/p/CDUMkliABpa/',
    'https://www.instagram.com/stories/name/live',
    'https://x.com/name/status/1712345678901234567',
    'https://www.youtube.com/post/UgkxAbCdEf',
  ],
  listing: [
    'https://www.twitch.tv/',
    'https://www.twitch.tv/directory',
    'https://www.twitch.tv/unicornriot/about',
    'https://www.twitch.tv/popout/unicornriot/extensions',
    'https://www.twitch.tv/moderator/unicornriot',
    'https://www.youtube.com/',
    'https://www.youtube.com/live',
    'https://www.youtube.com/results?search_query=live',
    `https://www.youtube.com/playlist?list=PL${ID}`,
    'https://www.youtube.com/@streetnews/videos',
    'https://www.youtube.com/@streetnews/live/x',
    'https://kick.com/categories/irl',
    'https://kick.com/search?q=x',
    'https://kick.com/streetview/about',
    'https://www.tiktok.com/live',
    'https://www.tiktok.com/tag/protest',
    'https://www.tiktok.com/@name/playlist/1',
    'https://www.facebook.com/name/videos',
    'https://www.facebook.com/groups/live',
    'https://www.facebook.com/name/live_videos',
    'https://www.facebook.com/share/r/1AbCdEfGhi',
    'https://www.instagram.com/explore/live',
    'https://rumble.com/videos',
    'https://rumble.com/browse',
    'https://rumble.com/c/streetnews',
    'https://rumble.com/vanessa',
    'https://dlive.tv/',
    'https://dlive.tv/s/browse',
    'https://x.com/streetnews',
  ],
  profile: [
    'https://www.youtube.com/c/streetnews',
    'https://www.youtube.com/user/streetnews/videos',
    `https://www.youtube.com/channel/${UC}`,
    'https://www.instagram.com/street.reporter',
    'https://www.instagram.com/street.reporter/tagged',
  ],
  'audio-only': ['https://x.com/i/spaces/1yNGaQLWpejGj'],
  name: [
    'https://www.twitch.tv/..%2f..%2fadmin',
    'https://www.twitch.tv/this_name_is_far_too_long_for_twitch',
    'https://www.twitch.tv/unicorn-riot',
    'https://player.twitch.tv/?channel=directory',
    'https://kick.com/=HYPERLINK(1)',
    'https://kick.com/-streetview',
    'https://www.youtube.com/@',
    'https://www.youtube.com/@a%2Fb',
    'https://www.tiktok.com/@/live',
    'https://www.tiktok.com/@na me/live'.replace(' ', '%20'),
    'https://www.facebook.com/na%2Fme/live',
    'https://www.instagram.com/na%20me/live',
    'https://dlive.tv/na%20me',
  ],
  id: [
    'https://www.youtube.com/watch?v=dQw4w9W',
    'https://www.youtube.com/watch?v=dQw4w9WgXcQxx',
    'https://www.youtube.com/watch?list=x',
    'https://www.youtube.com/embed/videoseries?list=PLx',
    'https://www.youtube.com/embed/live_stream?channel=me',
    'https://www.youtube.com/channel/ucsj4gkvc6nrvii8umztf0ow/live',
    'https://youtu.be/live_stream',
    'https://www.facebook.com/watch/?v=me',
    'https://www.facebook.com/watch/live',
    'https://www.facebook.com/name/videos/a-title',
    'https://m.tiktok.com/share/live/name',
    'https://vm.tiktok.com/a%2Fb',
    'https://rumble.com/embed/x6abcd1',
    'https://x.com/i/broadcasts/1',
  ],
  'empty-wrapper': [
    'https://www.youtube.com/redirect?v=dQw4w9WgXcQ',
    'https://l.facebook.com/l.php',
    'https://l.instagram.com/?u=',
  ],
  host: [
    'https://clips.twitch.tv/PoliteSmallPigeon',
    'https://dev.twitch.tv/docs',
    'https://studio.youtube.com/video/X9kLm2Pq_7w/livestreaming',
    'https://notyoutube.com/watch?v=X9kLm2Pq_7w',
    'https://youtube.com.evil.example/watch?v=X9kLm2Pq_7w',
    'https://www.twitch.tv./unicornriot',
    'https://pscp.tv/w/1yNGaQLWpejGj',
  ],
  port: ['https://www.twitch.tv:8443/unicornriot', 'http://kick.com:443/streetview'],
  credentials: ['https://www.twitch.tv@evil.example/x', 'https://a:b@www.twitch.tv/unicornriot'],
  scheme: ['ftp://www.twitch.tv/unicornriot', 'javascript:alert(1)', 'rtmp://live.twitch.tv/app'],
  'not-a-link': [
    '',
    'unicornriot',
    'https://',
    'https:www.twitch.tv/unicornriot',
    'https://www.twitch.tv/unicorn riot',
    'http://[',
  ],
  'control-characters': ['https://www.twitch.tv/unicorn\u0000riot', 'https://www.twitch.tv/unicorn\nriot'],
  'too-long': [`https://www.twitch.tv/unicornriot?x=${'a'.repeat(MAX_LINK_LENGTH)}`],
};

describe('links that are not taken', () => {
  for (const [reason, texts] of Object.entries(refused)) {
    for (const text of texts) {
      it(`[M1] [M2] [M3] ${JSON.stringify(text.slice(0, 80))} is refused: ${reason}`, () => {
        expect(refusal(text)).toBe(reason);
      });
    }
  }
});
