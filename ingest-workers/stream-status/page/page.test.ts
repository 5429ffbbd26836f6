import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFakeWeb, sendText, subjectOf, type FakeWeb } from '../test-fake-web.ts';
import { createAnyPage, readAnyPage } from './any-page.ts';

const NOW = Date.UTC(2026, 7, 1, 12);
const clock = { nowMs: () => NOW };
let web: FakeWeb;

beforeAll(async () => {
  web = await createFakeWeb(clock);
});
afterAll(() => web.close());

const page = (event: object) =>
  `<script type="application/ld+json">${JSON.stringify({ '@type': 'VideoObject', publication: [{ '@type': 'BroadcastEvent', ...event }] })}</script>`;
const read = (event: object) => readAnyPage(page(event), NOW);

describe('any page', () => {
  it('[LS2] live, ended and upcoming: by what it says of itself', () => {
    expect(read({ isLiveBroadcast: true, startDate: '2026-08-01T11:00:00Z' })).toMatchObject({
      status: 'live',
      details: { startedAt: Date.UTC(2026, 7, 1, 11) },
    });
    expect(read({ isLiveBroadcast: 'True', endDate: '2026-08-01T11:30:00Z' })).toMatchObject({
      status: 'offline',
    });
    expect(read({ isLiveBroadcast: false })).toMatchObject({ status: 'offline' });
    expect(read({ isLiveBroadcast: true, startDate: '2026-08-01T20:00:00Z' })).toMatchObject({
      status: 'upcoming',
    });
  });

  it('[LS1] one that says nothing is unknown, not offline', () => {
    for (const text of [
      '',
      '<html>LIVE NOW</html>',
      '<script type="application/ld+json">{"isLive',
      '<script>'.repeat(10_000),
    ])
      expect(readAnyPage(text, NOW)).toMatchObject({ type: 'no-answer', cause: 'no-way' });
  });

  it('[LS2] gone: no such page', async () => {
    const subject = subjectOf('https://page.example.com/watch');
    web.on('page.example.com', sendText('', 'text/html', 410));
    expect((await createAnyPage({ fetch: web.fetch, clock }).read([subject])).get(subject.id)).toMatchObject({
      status: 'gone',
    });
  });
});
