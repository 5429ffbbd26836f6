import { fail, type Result } from '../kernel/result.ts';
import { linkRefusal, type LinkRefusal } from './link-refusal.ts';
import { linkTokens, type LinkToken } from './link-tokens.ts';
import { isPublicHost } from './public-host.ts';
import { readLiveUrl, readStreamUrl, type StreamUrl } from './stream-url.ts';

/** A stream's link in a message, with everything that all its mentions tell. Offsets are of the first mention. */
export type FoundLink = {
  readonly stream: StreamUrl;
  readonly text: string;
  readonly start: number;
  readonly end: number;
};

/** Something that looks like a link and is not taken. Long texts are cut. */
export type RefusedLink = LinkRefusal & {
  readonly text: string;
  readonly start: number;
  readonly end: number;
};

export type FoundLinks = {
  /** In message order, one for each canonical URL. */
  readonly links: readonly FoundLink[];
  /** In message order; at most `MAX_REFUSED`. */
  readonly refused: readonly RefusedLink[];
  /** Where every address stands, taken or not, in message order. */
  readonly addresses: readonly { readonly start: number; readonly end: number }[];
};

export type FindLinksOptions = {
  /** Also take media files and playlists on any public host. Off: a stranger's message names listed platforms only. */
  readonly directMedia?: boolean;
};

/** No person posts this many links at once. */
export const MAX_LINKS = 200;
export const MAX_REFUSED = 200;
const MAX_SHOWN = 200;

/** Reads every link of a message. Total, and linear in the length of the text. */
export function findLinks(text: string, options: FindLinksOptions = {}): FoundLinks {
  const links = new Map<string, FoundLink>();
  const refused: RefusedLink[] = [];
  const addresses: { start: number; end: number }[] = [];
  for (const token of linkTokens(text)) {
    addresses.push({ start: token.start, end: token.end });
    const read = readToken(text, token, options);
    const known = read.ok ? links.get(read.value.url) : undefined;
    if (known && read.ok)
      links.set(known.stream.url, { ...known, stream: { ...read.value, ...known.stream } });
    else if (read.ok && links.size < MAX_LINKS)
      links.set(read.value.url, { stream: read.value, ...shown(token) });
    else if (refused.length < MAX_REFUSED)
      refused.push({ ...(read.ok ? tooMany : read.error), ...shown(token) });
  }
  return { links: [...links.values()], refused, addresses };
}

const tooMany = linkRefusal('too-many', `Only the first ${MAX_LINKS} links of a message are read.`);

const shown = ({ text, start, end }: LinkToken) => ({ text: text.slice(0, MAX_SHOWN), start, end });

function readToken(
  text: string,
  token: LinkToken,
  options: FindLinksOptions,
): Result<StreamUrl, LinkRefusal> {
  const written = withoutMarks(token.text, underscoresBefore(text, token.start));
  if (token.listed) return readLoosely(written);
  const read = options.directMedia ? readMedia(written) : readLiveUrl(written);
  return read.ok && read.value.platform !== 'direct' ? fail(disguised) : read;
}

/** `https://%6bick.com`, `https:///kick.com`, full-width letters: a browser goes to the listed host, a reader cannot tell. */
const disguised = linkRefusal('host', 'The host is not written plainly.');

function readMedia(written: string): Result<StreamUrl, LinkRefusal> {
  const read = readStreamUrl(written);
  if (!read.ok || read.value.platform !== 'direct') return readLiveUrl(written);
  if (isPublicHost(new URL(read.value.url).hostname)) return read;
  return fail(linkRefusal('private-host', 'A message may not name a host of a private network.'));
}

/** Reads a link as written, and if a name or id in it is impossible, again without what people glue to its end. */
function readLoosely(written: string): Result<StreamUrl, LinkRefusal> {
  const first = readLiveUrl(written);
  for (const attempt of [withoutTail(written), beforeRemark(written)]) {
    if (first.ok || (first.error.reason !== 'name' && first.error.reason !== 'id')) return first;
    const again = attempt === written ? first : readLiveUrl(attempt);
    if (again.ok) return again;
  }
  return first;
}

/** How many `_` stand before the link, with nothing but the start or a mark before them: italics, not part of a word. */
function underscoresBefore(text: string, start: number): number {
  let count = 0;
  while (count < 3 && text[start - count - 1] === '_') count += 1;
  return count;
}

/** Takes away closing marks, what ends a sentence, and the escapes that keep chat programs from seeing italics. */
function withoutMarks(token: string, underscores: number): string {
  const unescaped = token.replaceAll(/\\([_~.-])/g, '$1').replaceAll(/&amp;/gi, '&');
  const trimmed = trimEnd(unescaped, '.,;:!?\'")]}>*|~`');
  const closing = trimmed.slice(-underscores);
  if (underscores === 0 || closing !== '_'.repeat(underscores)) return trimmed;
  return trimEnd(trimmed.slice(0, -underscores), '.,;:!?\'")');
}

const withoutTail = (written: string) => trimEnd(written, '-_=~+&#/\\.,;:!?$@^');

/** Cuts a remark off that was glued on: `NAME,live`, `NAME(police)`, `NAME's`, `ID&t=3`. */
function beforeRemark(written: string): string {
  const path = written.indexOf('/', written.indexOf('//') + 2);
  const remark = written.slice(path + 1).search(/[,;:!()&]|'s?$|'s[^a-z]/i);
  return path === -1 || remark === -1 ? written : trimEnd(written.slice(0, path + 1 + remark), '-.');
}

function trimEnd(text: string, marks: string): string {
  let end = text.length;
  while (end > 0 && marks.includes(text[end - 1] ?? '')) end -= 1;
  return text.slice(0, end);
}
