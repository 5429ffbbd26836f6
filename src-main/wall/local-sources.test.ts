import { expect, it } from 'vitest';
import { ActorId } from '#shared/model/ids.ts';
import { Link } from '#shared/model/stream.ts';
import { localAccess } from './local-sources.ts';

const stream = (link: string, by?: string) => ({
  link: Link.parse(link),
  ...(by === undefined ? {} : { addedBy: ActorId.parse(by) }),
});
const NONE = { hosts: [], isAlone: false };

it('what lies in the public internet is shown, whoever added it', () => {
  expect(localAccess(stream('https://example.org/x'), NONE)).toEqual({ isAllowed: true, host: null });
});

it.each([
  'http://192.168.1.20/live',
  'http://127.0.0.1:8080/',
  'http://[::1]/',
  'http://nas/',
  'http://cam.local/',
])('in a team, %s is not shown only because somebody added it', (link) => {
  expect(localAccess(stream(link, 'desk'), NONE)).toEqual({ isAllowed: false });
});

it('alone, what the person at the desk added is shown, and what a bot added is not', () => {
  const alone = { hosts: [], isAlone: true };
  const link = 'http://192.168.1.20/live';
  expect(localAccess(stream(link, 'desk'), alone)).toEqual({ isAllowed: true, host: '192.168.1.20' });
  expect(localAccess(stream(link, 'service:discord'), alone)).toEqual({ isAllowed: false });
  expect(localAccess(stream(link), alone)).toEqual({ isAllowed: false });
});

it('a host that the owner of the machine named is shown, whoever added it', () => {
  const rules = { hosts: ['10.0.*', 'camera.lan'], isAlone: false };
  expect(localAccess(stream('http://10.0.3.4/x', 'ana'), rules)).toEqual({
    isAllowed: true,
    host: '10.0.3.4',
  });
  expect(localAccess(stream('http://CAMERA.lan./x', 'ana'), rules)).toEqual({
    isAllowed: true,
    host: 'camera.lan',
  });
  expect(localAccess(stream('http://10.1.3.4/x', 'ana'), rules)).toEqual({ isAllowed: false });
});

it('the demo channels of this machine are shown', () => {
  expect(localAccess(stream('http://127.0.0.1:7511/live/harbour.m3u8'), NONE)).toMatchObject({
    isAllowed: true,
  });
});
