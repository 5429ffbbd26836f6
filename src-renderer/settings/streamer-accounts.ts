import type { CatalogueCommand } from '#shared/document/command.ts';
import type { StreamerAccount } from '#shared/document/catalogue-fields.ts';
import type { StreamerView, StreamView } from '#shared/document/view.ts';
import { Platform } from '#shared/model/stream.ts';

/** Accounts as one line of text: `twitch:woo, kick:abq`. */
export function writeAccounts(accounts: StreamerView['accounts']): string {
  return accounts.map(({ platform, username }) => `${platform}:${username}`).join(', ');
}

/** Null where a part of the text is no account. */
export function readAccounts(text: string): StreamerAccount[] | null {
  const accounts = new Map<string, StreamerAccount>();
  for (const part of text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean)) {
    const [, name = '', username = ''] = /^([a-z]+)\s*:\s*@?(\S{1,120})$/i.exec(part) ?? [];
    const platform = Platform.safeParse(name.toLowerCase());
    if (!platform.success) return null;
    accounts.set(`${platform.data} ${username.toLowerCase()}`, {
      platform: platform.data,
      username,
      active: true,
    });
  }
  return [...accounts.values()];
}

/** What makes one streamer of two: `into` gets the accounts and streams of `from`, which goes. */
export function mergeStreamers(
  from: StreamerView,
  into: StreamerView,
  streams: readonly StreamView[],
): readonly CatalogueCommand[] {
  const known = new Set(
    into.accounts.map(({ platform, username }) => `${platform} ${username.toLowerCase()}`),
  );
  const more = from.accounts.filter(
    ({ platform, username }) => !known.has(`${platform} ${username.toLowerCase()}`),
  );
  const notes = [into.notes, from.notes].filter(Boolean).join('\n');
  return [
    ...streams.map(({ id }) => ({ type: 'edit-stream', id, changes: { streamer: into.id } }) as const),
    // An account is one streamer's: it is free before it is given on.
    { type: 'remove-streamer', id: from.id },
    {
      type: 'put-streamer',
      id: into.id,
      fields: {
        name: into.name,
        accounts: [...into.accounts, ...more],
        ...(notes === '' ? {} : { notes }),
        ...(into.priority === undefined ? {} : { priority: into.priority }),
      },
    },
  ];
}
