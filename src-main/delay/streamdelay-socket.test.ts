import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DelayState } from '#shared/protocol/delay-state.ts';
import { systemTimers } from '#shared/replica/sync-websocket.ts';
import { freePort } from '#shared/replica/test-free-port.ts';
import { StreamdelaySocket } from './streamdelay-socket.ts';
import { startTestStreamdelay } from './test-fake-streamdelay.ts';

let ends: (() => unknown)[];
beforeEach(() => {
  ends = [];
});
afterEach(async () => {
  for (const end of ends.toReversed()) await end();
});

async function server(port?: number) {
  const fake = await startTestStreamdelay('a key&', port ?? (await freePort()));
  ends.push(fake.stop);
  return fake;
}

/** A line whose patience with an answer is as short as a test needs. */
function call(url: string, key = 'a key&', patienceMs?: number) {
  const told: DelayState[] = [];
  let seconds = 0;
  const line = new StreamdelaySocket(
    { server: url, key },
    {
      timers: { after: (ms, task) => systemTimers.after(ms === 4000 ? (patienceMs ?? ms) : ms, task) },
      nowMs: () => 1_000 * ++seconds,
      random: () => 0,
      onState: (state) => told.push(state),
      heartbeatMs: 60,
    },
  );
  ends.push(() => line.close());
  return { line, told };
}

const known = async (line: StreamdelaySocket): Promise<void> =>
  vi.waitFor(() => expect(line.state().type).toBe('known'));

describe('the line to a Streamdelay server', () => {
  it('shows the key, and tells the delay and what the broadcast does', async () => {
    const fake = await server();
    const { line } = call(fake.url);
    expect(line.state()).toEqual({
      type: 'unknown',
      server: fake.url,
      words: 'Streamdelay is being called.',
      sinceMs: 1_000,
    });
    await known(line);
    expect(line.state()).toEqual({
      type: 'known',
      server: fake.url,
      delaySeconds: 15,
      censor: 'off',
      stream: 'stopped',
      startedAtMs: null,
    });
    expect(fake.paths).toEqual(['/ws?key=a+key%26']);
  });

  it('covers, uncovers, starts and ends, and answers when the server says that it is so', async () => {
    const fake = await server();
    const { line } = call(fake.url);
    await known(line);
    expect(await line.ask({ type: 'censor', on: true })).toEqual({ ok: true, value: {} });
    expect(line.state()).toMatchObject({ censor: 'on' });
    expect(await line.ask({ type: 'stream', running: true })).toEqual({ ok: true, value: {} });
    expect(line.state()).toMatchObject({ stream: 'starting' });
    fake.become({ startTime: 1_700_000_000_000 });
    await vi.waitFor(() =>
      expect(line.state()).toMatchObject({ stream: 'running', startedAtMs: 1_700_000_000_000 }),
    );
    expect(await line.ask({ type: 'stream', running: false })).toEqual({ ok: true, value: {} });
    expect(await line.ask({ type: 'censor', on: false })).toEqual({ ok: true, value: {} });
    expect(fake.asked).toEqual([
      { isCensored: true },
      { isStreamRunning: true },
      { isStreamRunning: false },
      { isCensored: false },
    ]);
  });

  it('says how long the cover still lasts, and that it cannot be kept while it lifts', async () => {
    const fake = await server();
    const { line } = call(fake.url, undefined, 50);
    await known(line);
    fake.become({ isCensored: true, state: { censorship: { censored: 'active' }, stream: 'stopped' } });
    await vi.waitFor(() => expect(line.state()).toMatchObject({ censor: 'on' }));
    fake.obeys = false;
    const lifted = line.ask({ type: 'censor', on: false });
    fake.become({ state: { censorship: { censored: 'deactivating' }, stream: 'stopped' } });
    expect(await lifted).toEqual({ ok: true, value: { words: expect.stringContaining('15 s') as string } });
    expect(line.state()).toMatchObject({ censor: 'lifting' });
    expect(await line.ask({ type: 'censor', on: true })).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('still lifts the cover') as string },
    });
  });

  it('does not say that anything was done when the server does not say so', async () => {
    const fake = await server();
    fake.obeys = false;
    const { line } = call(fake.url, undefined, 30);
    await known(line);
    expect(await line.ask({ type: 'censor', on: true })).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('did not say') as string },
    });
    expect(line.state()).toMatchObject({ censor: 'off' });
  });

  it('knows nothing once the server is gone, refuses what is asked then, and never sends it later', async () => {
    const fake = await server();
    const { line, told } = call(fake.url);
    await known(line);
    await line.ask({ type: 'censor', on: true });
    await fake.stop();
    await vi.waitFor(() => expect(line.state().type).toBe('unknown'));
    expect(told.at(-1)).toMatchObject({
      type: 'unknown',
      words: expect.stringContaining('cannot be') as string,
      sinceMs: 2_000,
    });
    expect(await line.ask({ type: 'censor', on: false })).toMatchObject({ ok: false });
    const again = await server(Number(new URL(fake.url).port));
    await known(line);
    expect(line.state()).toMatchObject({ censor: 'off' });
    expect(again.asked).toEqual([]);
  });

  it('notices a server that took the line and is silent', async () => {
    const fake = await server();
    const { line } = call(fake.url);
    await known(line);
    fake.hang();
    const answer = line.ask({ type: 'censor', on: true });
    await vi.waitFor(() => expect(line.state().type).toBe('unknown'));
    expect(await answer).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('not known') as string },
    });
  });

  it('says that the key is not taken', async () => {
    const fake = await server();
    const { line } = call(fake.url, 'another');
    await vi.waitFor(() =>
      expect(line.state()).toMatchObject({ words: expect.stringContaining('this key') as string }),
    );
  });

  it.each(['', '[]', '{"status":null}', '{"status":{"isCensored":true}}', '"x"'])(
    'knows nothing when it is told %j',
    async (text) => {
      const fake = await server();
      const { line } = call(fake.url);
      await known(line);
      fake.sayRaw(text);
      await vi.waitFor(() =>
        expect(line.state()).toMatchObject({ words: expect.stringContaining('cannot be read') as string }),
      );
      expect(await line.ask({ type: 'censor', on: true })).toMatchObject({ ok: false });
      fake.become({ isCensored: true });
      await vi.waitFor(() => expect(line.state()).toMatchObject({ censor: 'on' }));
    },
  );
});
