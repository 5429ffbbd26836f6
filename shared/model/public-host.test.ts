import { describe, expect, it } from 'vitest';
import { isPublicHost } from './public-host.ts';

const isPublic = (address: string) => isPublicHost(new URL(address).hostname);

describe('a host of a private network', () => {
  it.each([
    'http://localhost/',
    'http://printer/',
    'http://cam.local/',
    'http://cam.local./',
    'http://nas.home.arpa/',
    'http://127.0.0.1/',
    'http://127.1/',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://0.0.0.0/',
    'http://10.1.2.3/',
    'http://100.64.0.1/',
    'http://169.254.169.254/',
    'http://172.31.255.255/',
    'http://192.168.0.1/',
    'http://224.0.0.1/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:192.168.0.1]/',
    'http://[fe80::1]/',
    'http://[fd00::1]/',
    'http://[2002:c0a8:1::]/',
    'http://[2001:db8::1]/',
  ])('[M17] %s is not public', (address) => {
    expect(isPublic(address)).toBe(false);
  });

  it.each([
    'https://cdn.example/',
    'http://8.8.8.8/',
    'http://172.32.0.1/',
    'http://[2606:4700::1]/',
    'http://local.example.com/',
  ])('[M17] %s is public', (address) => {
    expect(isPublic(address)).toBe(true);
  });
});
