import { digest } from 'lib0/hash/sha256';
import { fail, ok, type Result } from '../kernel/result.ts';
import { readHttpAddress } from './http-address.ts';
import { StreamId } from './ids.ts';
import { linkRefusal, type LinkRefusal } from './link-refusal.ts';
import { readPlainAddress } from './plain-address.ts';
import type { StreamPage } from './platforms/platform-page.ts';
import { platformOfHost } from './platforms/platform-readers.ts';
import { Link, type Platform, type StreamKind } from './stream.ts';

/** A link that was understood. Reading its `url` again gives the same value. */
export type StreamUrl = {
  readonly platform: Platform;
  /** Canonical: every way to write a link to this stream gives this text. */
  readonly url: Link;
  /** What makes the stream one stream on its platform; `platform` and `identity` together are unique. */
  readonly identity: string;
  /** How to show it unless somebody says otherwise. */
  readonly kind: StreamKind;
  /** The channel's name, as links write it. */
  readonly username?: string;
  readonly videoId?: string;
  /** It leads to a stream, but which one only the network can tell. */
  readonly short?: true;
};

/** Pages that lead on may lead to one another; nobody means more than this. */
const MAX_WRAPPERS = 4;

/**
 * Reads any link that a person adds on purpose: a platform's live link, a media file, or any other web page.
 * Never touches the network.
 */
export function readStreamUrl(text: string): Result<StreamUrl, LinkRefusal> {
  const unwrapped = unwrap(text);
  if (!unwrapped.ok) return unwrapped;
  const { address, page } = unwrapped.value;
  if (page.ok) return page;
  // The dot changes nothing of where it leads, and would make another stream of the same.
  if (address.hostname.endsWith('.'))
    return fail(linkRefusal('host', 'Write the host without a dot at its end.'));
  const { platform, kind, url } = readPlainAddress(address);
  return withLink(url, (link) => ({ platform, url: link, identity: link, kind }));
}

/** Reads the live link of a listed platform, and nothing else: what may be taken from a stranger's message. */
export function readLiveUrl(text: string): Result<StreamUrl, LinkRefusal> {
  const unwrapped = unwrap(text);
  return unwrapped.ok ? unwrapped.value.page : unwrapped;
}

/** The id of the stream behind a canonical link: the same on every machine, safe in a URL, a file name and a key. */
export function streamIdOf(canonicalUrl: Link): StreamId {
  return StreamId.parse(base32(digest(new TextEncoder().encode(canonicalUrl)).subarray(0, 12)));
}

type Unwrapped = { readonly address: URL; readonly page: Result<StreamUrl, LinkRefusal> };

/** Follows pages that only lead on, by what their addresses say, to the address that is meant. */
function unwrap(text: string): Result<Unwrapped, LinkRefusal> {
  let read = readHttpAddress(text);
  for (let depth = 0; read.ok && depth < MAX_WRAPPERS; depth += 1) {
    const address: URL = read.value;
    const platform = platformOfHost(address.hostname);
    if (!platform || address.port !== '') return ok({ address, page: fail(notAPlatform(address)) });
    const page = platform.read({
      host: address.hostname,
      segments: address.pathname.split('/').filter(Boolean).map(decode),
      query: address.searchParams,
    });
    if (!page.ok) return ok({ address, page });
    if (page.value.type === 'stream')
      return ok({ address, page: toStreamUrl(platform.platform, page.value) });
    read = readHttpAddress(page.value.target);
    if (!read.ok) return ok({ address, page: fail(read.error) });
  }
  return read.ok ? fail(linkRefusal('empty-wrapper', 'This link leads on and on and never arrives.')) : read;
}

function toStreamUrl(platform: Platform, page: StreamPage): Result<StreamUrl, LinkRefusal> {
  const { type: _type, url, ...rest } = page;
  return withLink(url, (link) => ({ platform, kind: 'video', ...rest, url: link }));
}

/** A canonical text can be longer than what was read: letters of other scripts become three characters a byte. */
function withLink(url: string, make: (link: Link) => StreamUrl): Result<StreamUrl, LinkRefusal> {
  const link = Link.safeParse(url);
  return link.success ? ok(make(link.data)) : fail(linkRefusal('too-long', 'This link is too long.'));
}

function notAPlatform(address: URL): LinkRefusal {
  if (/(?:^|\.)(?:pscp|periscope)\.tv$/.test(address.hostname)) {
    return linkRefusal('host', 'Periscope has shut down.');
  }
  return platformOfHost(address.hostname)
    ? linkRefusal('port', `Port ${address.port} of ${address.hostname} leads to no streams.`)
    : linkRefusal('host', `Streams are not read from ${address.hostname}.`);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Lower case only, since some file systems do not tell capitals apart; without letters that look like digits. */
const base32Alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

function base32(bytes: Uint8Array): string {
  let text = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += base32Alphabet[(buffer >>> (bits - 5)) & 31];
    buffer &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + base32Alphabet[(buffer << (5 - bits)) & 31];
}
