import { fail, ok, type Result } from '../kernel/result.ts';
import { linkRefusal, type LinkRefusal } from './link-refusal.ts';
import { platformOfHost } from './platforms/platform-readers.ts';
import { MAX_LINK_LENGTH } from './stream.ts';

/** Spaces and characters without a shape, which copying leaves around a link. */
const isBlank = (code: number) =>
  code <= 0x20 ||
  code === 0xa0 ||
  code === 0xad ||
  code === 0xfeff ||
  code === 0x3000 ||
  (code >= 0x200b && code <= 0x200f) ||
  (code >= 0x2028 && code <= 0x202f) ||
  (code >= 0x2060 && code <= 0x2069);

/** Removes what cannot be seen at both ends, in one pass over each. */
export function trimBlank(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start += 1;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/**
 * Reads one whole text as an http or https address. A listed platform's host may stand without its scheme.
 * The returned URL has no user name, no fragment and is at most `MAX_LINK_LENGTH` characters long.
 */
export function readHttpAddress(text: string): Result<URL, LinkRefusal> {
  const trimmed = trimBlank(text);
  if (trimmed.length > MAX_LINK_LENGTH) return tooLong();
  if (/[\u0000-\u001f\u007f-\u009f]/.test(trimmed)) {
    return fail(
      linkRefusal('control-characters', 'The link holds characters that cannot be seen; copy it again.'),
    );
  }
  if (/\s/.test(trimmed)) return fail(linkRefusal('not-a-link', 'A link has no spaces in it.'));
  const withScheme = platformOfHost(hostBeforeSlash(trimmed)) ? `https://${trimmed}` : trimmed;
  const scheme = /^([a-z][a-z0-9+.-]{0,30}):/i.exec(withScheme)?.[1]?.toLowerCase();
  if (scheme === undefined || !URL.canParse(withScheme)) return notALink();
  if (scheme !== 'http' && scheme !== 'https') {
    return fail(linkRefusal('scheme', `Only http and https links can be shown, not “${scheme}:”.`));
  }
  if (!/^https?:\/\//i.test(withScheme)) return notALink();
  const url = new URL(withScheme);
  if (url.username !== '' || url.password !== '') {
    return fail(linkRefusal('credentials', 'A link may not hold a user name or password.'));
  }
  url.hash = '';
  return url.href.length > MAX_LINK_LENGTH ? tooLong() : ok(url);
}

function hostBeforeSlash(text: string): string {
  const slash = text.indexOf('/');
  return slash > 0 && slash < 64 ? text.slice(0, slash).toLowerCase() : '';
}

const notALink = () =>
  fail(linkRefusal('not-a-link', 'This is not a web address; it should start with https://.'));
const tooLong = () => fail(linkRefusal('too-long', `A link has at most ${MAX_LINK_LENGTH} characters.`));
