import { expect, it } from 'vitest';
import { StreamerId } from '#shared/model/ids.ts';
import { streamOf } from '../wall-grid/sample-wall.ts';
import { mergeStreamers, readAccounts, writeAccounts } from './streamer-accounts.ts';

it('accounts are read as they are written, each once', () => {
  const read = readAccounts('twitch:woo,  Kick: @abq, twitch:WOO');
  expect(read?.map(({ platform, username }) => `${platform}:${username}`)).toEqual([
    'twitch:WOO',
    'kick:abq',
  ]);
  expect(writeAccounts(read ?? [])).toBe('twitch:WOO, kick:abq');
  expect(readAccounts('')).toEqual([]);
});

it.each(['woo', 'myspace:woo', 'twitch:', 'twitch:a b'])('%j is no account', (text) => {
  expect(readAccounts(text)).toBeNull();
});

it('of two that are one, the other gets accounts, notes and streams', () => {
  const streamer = (id: string, accounts: string, notes: string) => ({
    id: StreamerId.parse(id),
    name: id,
    accounts: readAccounts(accounts) ?? [],
    notes,
    addedAt: 0,
  });
  const commands = mergeStreamers(
    streamer('from', 'twitch:woo, kick:abq', 'second'),
    streamer('into', 'twitch:WOO', 'first'),
    [streamOf('a')],
  );
  expect(commands.map(({ type }) => type)).toEqual(['edit-stream', 'remove-streamer', 'put-streamer']);
  expect(commands[2]).toMatchObject({
    id: 'into',
    fields: { notes: 'first\nsecond', accounts: [{ username: 'WOO' }, { username: 'abq' }] },
  });
});
