import { expect, it } from 'vitest';
import { watchSwitches } from './watch-switches.ts';

it('a worker rests while it is switched off, leaves platforms alone that are, and keeps to it while the server is away', async () => {
  let answer: unknown = { paused: null, platforms: {}, features: {} };
  let isAway = false;
  const asked: string[] = [];
  let round = (): void => undefined;
  let changes = 0;
  const ask: typeof fetch = async (url, init) => {
    const headers = new Headers(init?.headers);
    asked.push(`${url instanceof URL ? url.href : ''} ${String(headers.get('authorization'))}`);
    return isAway ? Promise.reject(new Error('away')) : Promise.resolve(Response.json(answer));
  };
  const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const timers = {
    after: (_ms: number, work: () => void) => {
      round = work;
      return () => (round = () => undefined);
    },
  };
  const next = async (): Promise<void> => {
    const before = asked.length;
    round();
    await expect.poll(() => asked.length).toBe(before + 1);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const server = { url: 'ws://team.example.org:7520', key: 'swk_x' };
  const switches = watchSwitches(server, { ask, timers, logger, onChange: () => (changes += 1) });
  await expect.poll(() => asked).toEqual(['http://team.example.org:7520/api/v1/switches Bearer swk_x']);
  expect([switches.paused(), switches.isOff('twitch')]).toEqual([undefined, false]);

  answer = { paused: null, platforms: { twitch: { reason: 'switched-off', words: '' } } };
  await next();
  await expect.poll(() => switches.isOff('Twitch')).toBe(true);
  expect([switches.isOff('kick'), switches.paused(), changes]).toEqual([false, undefined, 1]);

  answer = { paused: { reason: 'switched-off', words: 'runs wild' }, platforms: {} };
  await next();
  await expect.poll(() => switches.paused()).toBe('An admin has switched this bot off. (runs wild)');
  expect(switches.isOff('kick')).toBe(true);
  isAway = true;
  await next();
  expect(switches.paused()).toContain('switched this bot off');
  isAway = false;
  for (const nonsense of [{ error: 'x' }, 'text', null]) {
    answer = nonsense;
    await next();
  }
  expect([switches.paused() === undefined, switches.version(), changes]).toEqual([false, 2, 2]);
  switches.stop();
  const last = asked.length;
  round();
  expect(asked.length).toBe(last);
});
