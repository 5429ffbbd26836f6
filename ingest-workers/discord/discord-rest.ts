import type { Result } from '#shared/kernel/result.ts';

/** Asks Discord for something. Waits as long as Discord's limits want; never rejects. */
export type DiscordRequest = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  /** After the version: `/channels/1/messages`. */
  path: `/${string}`,
  more?: { readonly query?: Readonly<Record<string, string>>; readonly body?: unknown },
) => Promise<Result<unknown, DiscordFailure>>;

export type DiscordFailure = Readonly<{
  /** `away`: Discord cannot be reached, or fails; the same request can succeed later. */
  reason: 'away' | 'unauthorized' | 'forbidden' | 'not-found' | 'refused';
  words: string;
}>;
