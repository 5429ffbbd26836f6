import { expect, it } from 'vitest';
import { readIceServers } from './read-ice-servers.ts';

it('reads the servers that are marked as such, with what they ask for', () => {
  const header =
    '<stun:stun.example.net>; rel="ice-server", <https://a.example/ext>; rel="urn:x", ' +
    '<turn:turn.example.net?transport=udp>; rel="ice-server"; username="user"; credential="a, b; c"; credential-type="password"';
  expect(readIceServers(header)).toEqual([
    { urls: 'stun:stun.example.net' },
    { urls: 'turn:turn.example.net?transport=udp', username: 'user', credential: 'a, b; c' },
  ]);
});

it.each([
  '',
  'nonsense',
  '<stun:a.example>',
  '<javascript:x>; rel="ice-server"',
  `<stun:${'x'.repeat(400)}>; rel="ice-server"`,
])('finds nothing in %j', (header) => {
  expect(readIceServers(header)).toEqual([]);
});

it('does not take more than a few', () => {
  expect(readIceServers('<stun:a.example>; rel=ice-server, '.repeat(50))).toHaveLength(8);
});
