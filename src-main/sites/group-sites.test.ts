import { expect, it } from 'vitest';
import { belongsTo, groupSites } from './group-sites.ts';

const cookie = (domain: string, expiresAtS?: number) => ({ domain, expiresAtS });

it('what a site stored is put together, with what the hosts beneath it stored', () => {
  const cookies = [
    cookie('.video.example', 100),
    cookie('www.video.example', 300),
    cookie('accounts.video.example'),
    cookie('127.0.0.1'),
    cookie('one.other.example'),
  ];
  const stored = ['player.video.example', 'only-storage.example'];
  const nothing = { cookies: 0, hasStorage: false, wasOpened: false, untilMs: null };
  expect(groupSites(cookies, stored, ['www.video.example', 'only-opened.example'])).toEqual([
    { ...nothing, site: '127.0.0.1', cookies: 1 },
    { ...nothing, site: 'one.other.example', cookies: 1 },
    { ...nothing, site: 'only-opened.example', wasOpened: true },
    { ...nothing, site: 'only-storage.example', hasStorage: true },
    { site: 'video.example', cookies: 3, hasStorage: true, wasOpened: true, untilMs: 300_000 },
  ]);
});

it('a host belongs to a site when it is the site or lies beneath it', () => {
  expect(belongsTo('.video.example', 'video.example')).toBe(true);
  expect(belongsTo('WWW.video.example', 'video.example')).toBe(true);
  expect(belongsTo('evilvideo.example', 'video.example')).toBe(false);
});
