import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from './collect/test-collector.ts';
import { readIngestConfig } from './ingest-config.ts';
import { workersToRun } from './workers-to-run.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ingest-config-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (text: string): string => {
  const path = join(folder, 'ingest.json');
  writeFileSync(path, text);
  return path;
};
const read = (env: Record<string, string>, file?: unknown) =>
  readIngestConfig(
    file === undefined ? env : { ...env, STREAMWALL_INGEST_CONFIG: write(JSON.stringify(file)) },
    '/data',
  );

describe('the configuration', () => {
  it('[I65] needs no file for one channel of each', () => {
    const config = must(
      read({ DISCORD_TOKEN: 't', DISCORD_CHANNEL_ID: '123', TWITCH_CHANNEL: 'Woke', TWITCH_TOKEN: '' }),
    );
    expect(config).toMatchObject({
      dataFolder: '/data',
      limit: { messages: 10, windowMs: 60_000 },
      discord: {
        token: 't',
        config: { channels: [{ id: '123', threads: true, moderated: false, bots: 'none' }] },
      },
      twitch: { config: { channels: [{ name: 'woke' }] } },
    });
    expect(config.twitch?.login).toBeUndefined();
    expect(config.server).toBeUndefined();
  });

  it('[I65] has a team’s streams checked unless told otherwise, and a sheet kept where one is named', () => {
    const team = { STREAMWALL_SERVER: 'https://x', STREAMWALL_KEY: 'k' };
    const names = (env: Record<string, string>) => workersToRun(must(read(env))).map(({ name }) => name);
    expect(names(team)).toEqual(['status']);
    expect(names({ ...team, INGEST_STATUS: 'off', TWITCH_CHANNEL: 'a' })).toEqual(['twitch']);
    expect(names({ ...team, TWITCH_CHANNEL: 'a', GOOGLE_SHEET_ID: 's' })).toEqual([
      'twitch',
      'status',
      'sheet',
    ]);
    expect(must(read({ ...team, GOOGLE_SHEET_ID: 's' })).copiesToSheet).toBe(true);
    expect(must(read({ ...team, GOOGLE_SHEET_ID: 's', SHEET_MODE: 'migrate' })).copiesToSheet).toBe(false);
    expect(must(read(team)).copiesToSheet).toBe(false);
    expect(must(read({ ...team, GOOGLE_SHEET_ID: 's' })).waitsForSheet).toBe(true);
    expect(must(read({ ...team, GOOGLE_SHEET_ID: 's', SHEET_MODE: 'document-first' })).waitsForSheet).toBe(
      false,
    );
    expect(read({ ...team, SHEET_MODE: 'nonsense' })).toMatchObject({
      error: expect.stringContaining('SHEET_MODE'),
    });
  });

  it('[I65] names what cannot be read, and never a secret', () => {
    const secret = 'very-secret';
    const channel = { discord: { channels: [{ id: '1' }] } };
    for (const [env, file, words] of [
      [{}, undefined, /nothing to read/],
      [{ DISCORD_CHANNEL_ID: '1' }, undefined, /DISCORD_TOKEN/],
      [{ DISCORD_TOKEN: secret, DISCORD_CHANNEL_ID: 'general' }, undefined, /discord\.channels\.0\.id/],
      [{ DISCORD_TOKEN: secret }, { discord: { channels: [{ id: '1', moderate: true }] } }, /moderate/],
      [{ DISCORD_TOKEN: secret, STREAMWALL_SERVER: 'ftp://x' }, channel, /STREAMWALL_SERVER/],
      [{ DISCORD_TOKEN: secret, STREAMWALL_SERVER: 'https://x' }, channel, /STREAMWALL_KEY/],
      [{ TWITCH_CHANNEL: 'a', TWITCH_TOKEN: secret }, undefined, /TWITCH_USERNAME/],
    ] as const) {
      const config = read(env, file);
      expect(config).toMatchObject({ ok: false, error: expect.stringMatching(words) });
      expect(JSON.stringify(config)).not.toContain(secret);
    }
    expect(readIngestConfig({ STREAMWALL_INGEST_CONFIG: join(folder, 'none.json') }, '/data')).toMatchObject({
      error: expect.stringMatching(/none\.json cannot be read/),
    });
    expect(readIngestConfig({ STREAMWALL_INGEST_CONFIG: write('{') }, '/data')).toMatchObject({ ok: false });
  });
});
