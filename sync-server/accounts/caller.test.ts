import { describe, expect, it } from 'vitest';
import { neighbourhood } from './caller.ts';

describe('where somebody calls from', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('is a network for IPv6, in which one host has all addresses: %s', (address, network) => {
    expect(neighbourhood(address)).toBe(network);
  });
});
