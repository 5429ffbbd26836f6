import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Role } from '#shared/model/role.ts';
import { systemTimers } from '#shared/replica/sync-websocket.ts';
import type { Sealer } from '../sealed-text.ts';
import { DelayControl } from './delay-control.ts';
import { createDelaySettingsFile } from './delay-settings-file.ts';
import { startTestStreamdelay } from './test-fake-streamdelay.ts';

const turned: Sealer = {
  isAvailable: () => true,
  seal: (text) => Buffer.from(text).reverse(),
  open: (sealed) => Buffer.from(sealed).reverse().toString(),
};

let folder: string;
let ends: (() => unknown)[];
let marks: number;
beforeEach(() => {
  marks = 0;
  folder = mkdtempSync(join(tmpdir(), 'streamwall-delay-'));
  ends = [() => rmSync(folder, { recursive: true, force: true })];
});
afterEach(async () => {
  for (const end of ends.toReversed()) await end();
});

const fileOf = (): string => join(folder, 'delay.json');

function start(role: Role = 'admin'): DelayControl {
  const file = createDelaySettingsFile(fileOf(), turned);
  const control = new DelayControl({
    ...{ file, timers: systemTimers, role: () => role },
    nowMs: () => 7,
    newMark: () => `mark-000${String(++marks)}`,
  });
  ends.push(() => control.close());
  return control;
}

describe('a desk’s Streamdelay server', () => {
  it('is none at first, is called once it is named, and again after a restart; its key lies sealed in a file of its owner', async () => {
    const fake = await startTestStreamdelay('secret');
    ends.push(fake.stop);
    const first = start();
    expect(first.state()).toEqual({ type: 'off' });
    expect(await first.ask({ type: 'censor', on: true })).toMatchObject({ ok: false });
    expect(first.set({ server: fake.url, key: 'secret' })).toEqual({ ok: true, value: {} });
    await vi.waitFor(() => expect(first.state().type).toBe('known'));
    expect(readFileSync(fileOf(), 'utf8')).not.toContain('secret');
    expect(statSync(fileOf()).mode & 0o777).toBe(0o600);
    first.close();
    const second = start();
    await vi.waitFor(() => expect(second.state().type).toBe('known'));
    second.set(null);
    expect(second.state()).toEqual({ type: 'off' });
    expect(start().state()).toEqual({ type: 'off' });
  });

  it('is covered by a monitor, who may not start, end or change it; a viewer may nothing', async () => {
    const fake = await startTestStreamdelay('secret');
    ends.push(fake.stop);
    start().set({ server: fake.url, key: 'secret' });
    const monitor = start('monitor');
    await vi.waitFor(() => expect(monitor.state().type).toBe('known'));
    expect(await monitor.ask({ type: 'censor', on: true })).toMatchObject({ ok: true });
    expect(await monitor.ask({ type: 'stream', running: true })).toMatchObject({
      error: { reason: 'forbidden' },
    });
    expect(monitor.set(null)).toMatchObject({ error: { reason: 'forbidden' } });
    expect(await start('viewer').ask({ type: 'censor', on: false })).toMatchObject({
      error: { reason: 'forbidden' },
    });
    expect(fake.asked).toEqual([{ isCensored: true }]);
  });

  it('is told to others without its address, and obeys them while the line that they mean is set up', async () => {
    const fake = await startTestStreamdelay('secret');
    ends.push(fake.stop);
    const desk = start('viewer');
    expect(desk.shown()).toBeUndefined();
    start().set({ server: fake.url, key: 'secret' });
    const wall = start('viewer');
    const at = 'mark-0002';
    expect(wall.shown()).toMatchObject({ heard: { type: 'unknown', sinceMs: 7 } });
    await vi.waitFor(() => expect(wall.shown()).toMatchObject({ at, heard: { censor: 'off' } }));
    expect(JSON.stringify(wall.shown())).not.toContain('127.0.0.1');
    expect(await wall.obey('mark-0001', { type: 'censor', on: true })).toBeUndefined();
    expect(await wall.obey(at, { type: 'censor', on: true })).toEqual({ ok: true, value: {} });
    expect(wall.shown()).toMatchObject({ heard: { censor: 'on' } });
    await fake.stop();
    await vi.waitFor(() => expect(wall.shown()).toMatchObject({ heard: { type: 'unknown', sinceMs: 7 } }));
    expect(await wall.obey(at, { type: 'censor', on: false })).toMatchObject({ ok: false });
    expect(fake.asked).toEqual([{ isCensored: true }]);
  });

  it('is none when what was kept of it cannot be read', () => {
    writeFileSync(fileOf(), '{"server":"file:///etc/passwd","key":{"plain":"x"}}');
    expect(start().state()).toEqual({ type: 'off' });
  });
});
