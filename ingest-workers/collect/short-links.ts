import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { readLiveUrl, type StreamUrl } from '#shared/model/stream-url.ts';
import type { SafeFetch } from '../safe-fetch/fetch-types.ts';

/** Finds out which stream a short link leads to. Never rejects. */
export type ResolveShortLink = (link: StreamUrl) => Promise<Result<StreamUrl, ShortLinkFailure>>;

/** `retryable`: the same link may be understood later. */
export type ShortLinkFailure = { readonly words: string; readonly retryable: boolean };

/** The hosts that these platforms' short links pass through. Nobody else is asked anything. */
const HOSTS: Readonly<Record<string, RegExp>> = {
  tiktok: /^(?:www|m|vm|vt)\.tiktok\.com$|^tiktok\.com$/,
  facebook: /^(?:www|m|web|mbasic)\.facebook\.com$|^(?:fb\.watch|fb\.com|facebook\.com)$/,
};
const TIMEOUT_MS = 5_000;
const MAX_HOPS = 4;
const MAX_BYTES = 64 * 1024;
const KEEP_MS = 60 * 60_000;

/**
 * Follows a short link by its redirects alone, and stops at the first address that names a stream, without asking that
 * one. The answers' bodies are not read for links.
 */
export function createShortLinkResolver(fetch: SafeFetch): ResolveShortLink {
  return async (link) => {
    const hosts = HOSTS[link.platform];
    if (hosts === undefined) return fail({ words: `${link.platform} has no short links.`, retryable: false });
    const answer = await fetch({
      url: link.url,
      allowHost: (host) => hosts.test(host),
      stopAt: (url) => streamAt(url.href) !== undefined,
      ...{ maxHops: MAX_HOPS, timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, cut: true, keepMs: KEEP_MS },
    });
    if (!answer.ok) return fail({ words: answer.error.message, retryable: answer.error.retryable });
    const target = streamAt(answer.value.url);
    if (target !== undefined) return ok(target);
    return fail({ words: `${link.url} leads to no stream that can be read.`, retryable: true });
  };
}

function streamAt(address: string): StreamUrl | undefined {
  const read = readLiveUrl(address);
  return read.ok && read.value.short !== true ? read.value : undefined;
}
