import { findLinks } from '#shared/model/find-links.ts';
import { streamIdOf } from '#shared/model/stream-url.ts';
import type { StreamId } from '#shared/model/ids.ts';
import type { Link } from '#shared/model/stream.ts';
import { inOwnWords } from '../words/told-words.ts';

/** What a text with many links in it comes to. */
export type LinksVerdict = Readonly<{
  fresh: readonly GoodLink[];
  /** In the list already. */
  known: readonly GoodLink[];
  refused: readonly Readonly<{ text: string; words: string }>[];
}>;

export type GoodLink = Readonly<{ link: Link; id: StreamId; text: string }>;

/** Longer texts are cut: nobody pastes so much on purpose. */
const MAX_TEXT = 200_000;

/** @param known whether a stream is in the list */
export function judgeLinks(text: string, known: (id: StreamId) => boolean): LinksVerdict {
  const { links, refused } = findLinks(text.slice(0, MAX_TEXT), { directMedia: true });
  const good = links.map(({ stream, text: written }) => ({
    link: stream.url,
    id: streamIdOf(stream.url),
    text: written,
  }));
  return {
    fresh: good.filter(({ id }) => !known(id)),
    known: good.filter(({ id }) => known(id)),
    refused: refused.map(({ text: written, message }) => ({ text: written, words: inOwnWords(message) })),
  };
}
