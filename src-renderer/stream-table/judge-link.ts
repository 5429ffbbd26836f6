import type { StreamId } from '#shared/model/ids.ts';
import { streamIdOf, readStreamUrl } from '#shared/model/stream-url.ts';
import type { Link } from '#shared/model/stream.ts';
import { inOwnWords } from '../words/told-words.ts';

/** What a text is as a stream's link. */
export type LinkVerdict =
  | { readonly kind: 'empty' }
  /** The canonical link, and the id that its stream has everywhere. */
  | { readonly kind: 'good'; readonly link: Link; readonly id: StreamId }
  /** `words` are a sentence; `fix` is a link that was probably meant. */
  | {
      readonly kind: 'refused';
      readonly words: string;
      readonly fix: Link | null;
      readonly isFinal: boolean;
    };

/** Reads what somebody typed or pasted. Never touches the network. */
export function judgeLink(typed: string): LinkVerdict {
  const text = typed.trim();
  if (text === '') return { kind: 'empty' };
  const read = readStreamUrl(text);
  if (read.ok) return { kind: 'good', link: read.value.url, id: streamIdOf(read.value.url) };
  const { reason, message } = read.error;
  return {
    kind: 'refused',
    words: inOwnWords(message),
    fix: reason === 'not-a-link' ? withScheme(text) : null,
    // More typing will not mend these, so they are worth saying at once.
    isFinal: reason === 'too-long' || (reason === 'scheme' && !isBeginningOfScheme(text)),
  };
}

/** The same with https:// in front, where that makes it a link. */
function withScheme(text: string): Link | null {
  if (!/^[^\s/?#@]+\.[a-z]{2,}(:\d+)?([/?#]|$)/i.test(text)) return null;
  const read = readStreamUrl(`https://${text}`);
  return read.ok ? read.value.url : null;
}

/** "localhost:" and the like: a port may follow. */
function isBeginningOfScheme(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\d*$/i.test(text);
}
