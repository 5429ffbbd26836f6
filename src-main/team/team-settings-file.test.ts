import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ActorId } from '#shared/model/ids.ts';
import type { Sealer } from '../sealed-text.ts';
import { createTeamSettingsFile } from './team-settings-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'streamwall-team-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const settings = {
  server: 'https://wall.example',
  key: 'swk_secret',
  name: 'Ana',
  account: { actor: ActorId.parse('user:ana'), role: 'operator' },
} as const;

const backwards: Sealer = {
  isAvailable: () => true,
  seal: (text) => Buffer.from([...text].toReversed().join('')),
  open: (sealed) => [...Buffer.from(sealed).toString()].toReversed().join(''),
};
const none: Sealer = { ...backwards, isAvailable: () => false };

describe('what a desk remembers of its team', () => {
  it('comes back as it was, and the key stands nowhere in the clear where there is a lock', () => {
    const file = join(folder, 'deep', 'team.json');
    createTeamSettingsFile(file, backwards).write(settings);
    expect(readFileSync(file, 'utf8')).not.toContain('swk_secret');
    expect(createTeamSettingsFile(file, backwards).read()).toEqual(settings);
  });

  it('is its owner’s alone to read where there is no lock', () => {
    const file = join(folder, 'team.json');
    const store = createTeamSettingsFile(file, none);
    store.write(settings);
    expect(store.read()).toEqual(settings);
    expect(store.isSealed()).toBe(false);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
    store.write(undefined);
    expect(store.read()).toBeUndefined();
  });

  it.each([
    '',
    '{',
    '[]',
    '{"server":7}',
    '{"server":"https://x","key":{"sealed":7}}',
    '{"server":"x","key":{"plain":"k"}}',
  ])('is nothing when the file holds %j', (text) => {
    const file = join(folder, 'team.json');
    writeFileSync(file, text);
    expect(createTeamSettingsFile(file, backwards).read()).toBeUndefined();
  });

  it('is nothing when the key was locked up on another machine', () => {
    const file = join(folder, 'team.json');
    createTeamSettingsFile(file, backwards).write(settings);
    const elsewhere: Sealer = {
      ...backwards,
      open: () => {
        throw new Error('not mine');
      },
    };
    expect(createTeamSettingsFile(file, elsewhere).read()).toBeUndefined();
  });
});
