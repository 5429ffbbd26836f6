import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeWeb, sendJson, sendText, subjectOf, type FakeWeb } from '../test-fake-web.ts';
import { createRumbleEmbed } from './rumble-embed.ts';

const clock = { nowMs: () => Date.UTC(2026, 7, 1, 12) };
const page = subjectOf('https://rumble.com/v1abcd-a-title.html');
const channel = subjectOf('https://rumble.com/c/somebody/live');
let web: FakeWeb;

beforeAll(async () => {
  web = await createFakeWeb(clock);
});
afterAll(() => web.close());

const player =
  '<script type="application/ld+json">{"@type":"VideoObject","embedUrl":"https:\\/\\/rumble.com\\/embed\\/v9zzzz\\/"}</script>';

function site(html: string, embed: unknown) {
  web.on('rumble.com', (request, response) =>
    (request.path === '/embedJS/u3/' ? sendJson(embed) : sendText(html))(request, response),
  );
  return createRumbleEmbed({ fetch: web.fetch, clock });
}

describe('Rumble', () => {
  const ask = async (embed: unknown, subject = page, html = player) =>
    (await site(html, embed).read([subject])).get(subject.id);

  it('[LS2] live: by the number that the page’s player has, with title and picture', async () => {
    expect(
      await ask({ live: 2, livestream_has_dvr: true, title: 'Square', i: 'https://sp.example/i.jpg' }),
    ).toMatchObject({
      status: 'live',
      details: { title: 'Square', thumbnail: 'https://sp.example/i.jpg' },
    });
    expect(web.asked.at(-1)?.query.get('v')).toBe('v9zzzz');
  });

  it('[LS2] upcoming: a waiting loop is no broadcast', async () => {
    expect(await ask({ live: 1, livestream_has_dvr: true })).toMatchObject({ status: 'upcoming' });
  });

  it('[LS2] ended: over for good when it is a video, not when it is a channel', async () => {
    expect(await ask({ live: 1, livestream_has_dvr: false })).toMatchObject({
      status: 'offline',
      isFinal: true,
    });
    expect(await ask({ live: 0, livestream_has_dvr: true })).toMatchObject({
      status: 'offline',
      isFinal: true,
    });
    expect(await ask({ live: 0 }, channel)).toMatchObject({ status: 'offline', isFinal: false });
    expect(await ask({ live: 9 })).toMatchObject({ type: 'no-answer' });
  });

  it('[LS2] a channel’s live page without a player: offline; any other page without one: no answer', async () => {
    const empty = '<link rel="canonical" href="https://rumble.com/c/somebody">';
    expect(await ask({}, channel, empty)).toMatchObject({ status: 'offline', isFinal: false });
    expect(await ask({}, channel, '<html></html>')).toMatchObject({ type: 'no-answer' });
  });

  it('[LS2] gone: no such page', async () => {
    web.on('rumble.com', sendText('', 'text/html', 404));
    expect(
      (await createRumbleEmbed({ fetch: web.fetch, clock }).read([channel])).get(channel.id),
    ).toMatchObject({ status: 'gone' });
  });

  it('[LS3] a video’s page is asked once a day, its player every time', async () => {
    const later = subjectOf('https://rumble.com/v1late-a-title.html');
    const route = site(player, { live: 2 });
    const before = web.asked.length;
    await route.read([later]);
    await route.read([later]);
    expect(web.asked.slice(before).map(({ path }) => path)).toEqual([
      '/v1late-a-title.html',
      '/embedJS/u3/',
      '/embedJS/u3/',
    ]);
  });
});
