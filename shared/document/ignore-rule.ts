import { digest } from 'lib0/hash/sha256';
import { IgnoreId } from '../model/ids.ts';
import { readStreamUrl } from '../model/stream-url.ts';
import type { IgnoreList } from './catalogue-fields.ts';

/**
 * How an ignore rule's value is written, so that the same rule is the same text: users in lower case, addresses with their
 * scheme, as they are kept of streams, and without a slash at the end, domains bare. Empty when nothing is left.
 */
export function ignoreValue(list: IgnoreList, value: string): string {
  const trimmed = value.trim();
  switch (list) {
    case 'twitch_user':
    case 'discord_user':
      return trimmed.toLowerCase();
    case 'url': {
      const address = /^https?:\/\//i.test(trimmed) ? trimmed : `https://${trimmed}`;
      const read = trimmed === '' ? undefined : readStreamUrl(address);
      return (read?.ok === true ? read.value.url : address).replace(/\/+$/, '');
    }
    case 'domain':
      return trimmed
        .toLowerCase()
        .replace(/^https?:\/\//, '')
        .replace(/^www\./, '')
        .replace(/[/?#].*$/, '')
        .replace(/:\d+$/, '')
        .replace(/\.+$/, '');
  }
}

/** The id of an ignore rule, the same on every machine. `value` as `ignoreValue` gives it. */
export function ignoreIdOf(list: IgnoreList, value: string): IgnoreId {
  const bytes = digest(new TextEncoder().encode(`${list} ${value}`)).subarray(0, 12);
  return IgnoreId.parse([...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
}
