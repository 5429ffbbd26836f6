import { expect, it } from 'vitest';
import { createAddressFence } from './address-fence.ts';

const NAMES: Readonly<Record<string, readonly string[]>> = {
  'example.org': ['93.184.215.14', '2606:2800:21f:cb07::1'],
  'rebinds.example': ['93.184.215.14', '192.168.1.1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'own.example': ['fd00::7'],
};

function fence() {
  let nowMs = 0;
  const asked: string[] = [];
  const may = createAddressFence(
    async (host) => {
      asked.push(host);
      const found = NAMES[host];
      return found === undefined ? Promise.reject(new Error('no such name')) : Promise.resolve(found);
    },
    () => nowMs,
  );
  return {
    may,
    asked,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

it.each([
  'https://example.org/a.m3u8',
  'wss://example.org/',
  'http://93.184.215.14/',
  'https://nowhere.example/',
  'data:text/plain,x',
  'blob:https://example.org/1',
])('%s may be asked', async (url) => {
  expect(await fence().may(url, [])).toBe(true);
});

it.each([
  'http://127.0.0.1:9/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://192.168.1.1/',
  'http://[::1]/',
  'http://[::ffff:192.168.1.1]/',
  'http://169.254.169.254/latest/meta-data',
  'http://localhost./',
  'http://printer/',
  'https://rebinds.example/',
  'https://mapped.example/',
  'https://own.example/',
  'file:///etc/passwd',
  'ftp://example.org/',
  'not an address',
])('%s may not', async (url) => {
  expect(await fence().may(url, [])).toBe(false);
});

it('a host that was allowed may be asked, and no other beside it', async () => {
  const { may } = fence();
  expect(await may('http://192.168.1.1:8080/x', ['192.168.1.1'])).toBe(true);
  expect(await may('http://192.168.1.2/', ['192.168.1.1'])).toBe(false);
  expect(await may('https://own.example/', ['own.example'])).toBe(true);
});

it('a name is asked for once in a while, not for every request', async () => {
  const { may, asked, pass } = fence();
  await may('https://example.org/1', []);
  await may('https://example.org/2', []);
  expect(asked).toEqual(['example.org']);
  pass(60_000);
  await may('https://example.org/3', []);
  expect(asked).toEqual(['example.org', 'example.org']);
});

it('a public name that begins as an allowed range of addresses does is held against where it leads', async () => {
  const may = createAddressFence(
    async () => Promise.resolve(['127.0.0.1']),
    () => 0,
  );
  expect(await may('http://192.168.attacker.example/', ['192.168.*'])).toBe(false);
  expect(await may('http://192.168.7.7/', ['192.168.*'])).toBe(true);
});

it('a name that was not found is asked for again the next time', async () => {
  let times = 0;
  const may = createAddressFence(
    async () => {
      times += 1;
      return times === 1 ? Promise.reject(new Error('no answer')) : Promise.resolve(['127.0.0.1']);
    },
    () => 0,
  );
  expect(await may('http://flaky.example/', [])).toBe(true);
  expect(await may('http://flaky.example/', [])).toBe(false);
});
