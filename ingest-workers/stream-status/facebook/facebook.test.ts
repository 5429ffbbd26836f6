import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeWeb, sendText, subjectOf, type FakeWeb } from '../test-fake-web.ts';
import { createFacebookPage, readFacebookPage } from './facebook-page.ts';

const clock = { nowMs: () => Date.UTC(2026, 7, 1, 12) };
const video = subjectOf('https://www.facebook.com/watch/?v=1234567890');
let web: FakeWeb;

beforeAll(async () => {
  web = await createFakeWeb(clock);
});
afterAll(() => web.close());

const read = async () => (await createFacebookPage({ fetch: web.fetch, clock }).read([video])).get(video.id);

describe('Facebook', () => {
  it('[LS2] live, ended and scheduled: by the mark beside the video’s own number', () => {
    const page = (mark: string) =>
      `<script>{"video":{"id":"1234567890","name":"x","is_live_streaming":${mark}}}</script>`;
    const status = (mark: string) => `{"id":"1234567890","broadcast_status":"${mark}"}`;
    expect(readFacebookPage(page('true'), '1234567890')).toMatchObject({ status: 'live' });
    expect(readFacebookPage(page('false'), '1234567890')).toMatchObject({ status: 'offline' });
    expect(readFacebookPage(status('LIVE'), '1234567890')).toMatchObject({ status: 'live' });
    expect(readFacebookPage(status('VOD_READY'), '1234567890')).toMatchObject({
      status: 'offline',
      isFinal: true,
    });
    expect(readFacebookPage(status('SCHEDULED_LIVE'), '1234567890')).toMatchObject({ status: 'upcoming' });
  });

  it('[LS1] somebody else’s live video on the page says nothing', () => {
    const page = '{"id":"1234567890"},{"id":"999","is_live_streaming":true}';
    expect(readFacebookPage(page, '1234567890')).toMatchObject({ type: 'no-answer' });
    expect(readFacebookPage(page, undefined)).toMatchObject({ type: 'no-answer' });
  });

  it('[LS1] a login wall is no answer', async () => {
    web.on('www.facebook.com', (request, response) => {
      if (request.path === '/login/') sendText('<form id="login_form">')(request, response);
      else response.writeHead(302, { location: '/login/?next=x' }).end();
    });
    expect(await read()).toMatchObject({ type: 'no-answer', cause: 'login' });
  });

  it('[LS2] gone: no such page', async () => {
    web.on('www.facebook.com', sendText('no', 'text/html', 404));
    expect(await read()).toMatchObject({ status: 'gone' });
  });
});
