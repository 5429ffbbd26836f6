import { MAX_HOST_LENGTH, platformOfHost } from './platforms/platform-readers.ts';

/**
 * Finds where links stand in running text. A token starts after white space or an opening mark. Once a token belongs to
 * a host that is not listed, all of it is that host's, also what looks like another link inside; a token of a listed
 * host may be followed by the next link without a space. Every character is looked at a bounded number of times.
 */
export type LinkToken = {
  /** UTF-16 offsets into the text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Whether the host is one that streams are read from. */
  readonly listed: boolean;
};

export function* linkTokens(text: string): Generator<LinkToken> {
  let end = 0;
  for (const match of text.matchAll(/\S+/g)) {
    const [chunk] = match;
    if (match.index < end || !/[/:]/.test(chunk)) continue;
    if (program.test(chunk)) {
      end = lineEnd(text, match.index);
      yield { start: match.index, end, text: text.slice(match.index, end), listed: false };
      continue;
    }
    for (const token of tokensOfChunk(chunk)) {
      yield { ...token, start: token.start + match.index, end: token.end + match.index };
    }
  }
}

/** A page or program inside an address; it may hold spaces, so the rest of the line belongs to it. */
const program = /^[^a-z0-9]{0,8}(?:data:[a-z]{1,20}\/[a-z0-9.+-]{1,60}[;,]|(?:java|vb)script:\S)/i;

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

/** A chunk has no white space in it. What is an address and no link that can be taken is one token of no listed host. */
function* tokensOfChunk(chunk: string): Generator<LinkToken> {
  let position = 0;
  let before: Before = 'nothing';
  for (;;) {
    const found = nextStart(chunk, position, before);
    if (!found && (position > 0 || !looksLikeAddress(chunk))) return;
    if (!found || (before !== 'listed' && hidesAddress(chunk.slice(position, found.start)))) {
      yield { start: position, end: chunk.length, text: chunk.slice(position), listed: false };
      return;
    }
    const { start } = found;
    const host = hostAt(chunk, found.hostStart, found.port);
    const listed = platformOfHost(host.name) !== undefined;
    const end = listed ? listedEnd(chunk, host) : otherEnd(chunk, start);
    yield { start, end, text: chunk.slice(start, end), listed };
    if (!listed && end === chunk.length) return;
    before = listed ? 'listed' : chunk[end] === '<' ? 'nothing' : 'closed';
    position = before === 'closed' ? end + 1 : end;
  }
}

/** What stands before the place where the next link is looked for. */
type Before = 'nothing' | 'listed' | 'closed';

type Start = { readonly start: number; readonly hostStart: number; readonly port: string };

/** The next place where a link may start: `http(s)://`, or a listed host and a slash. */
function nextStart(chunk: string, from: number, before: Before): Start | undefined {
  for (let slash = chunk.indexOf('/', from); slash !== -1; slash = chunk.indexOf('/', slash + 1)) {
    const scheme = chunk[slash + 1] === '/' ? schemeBefore(chunk, slash, from) : undefined;
    if (scheme) {
      const start = slash - scheme.length;
      if (before === 'listed' || isClear(chunk, start, from, before, /[a-z0-9+/\\@=?&#%$^]/i)) {
        return { start, hostStart: slash + 2, port: scheme.length === 6 ? ':443' : ':80' };
      }
      slash += 1;
      continue;
    }
    const start = hostStartBefore(chunk, slash, from);
    const isHost = start < slash && platformOfHost(chunk.slice(start, slash).toLowerCase());
    if (isHost && isClearForHost(chunk, start, from, before))
      return { start, hostStart: start, port: ':443' };
  }
  return undefined;
}

function schemeBefore(chunk: string, slash: number, from: number): string | undefined {
  const before = chunk.slice(Math.max(from, slash - 6), slash).toLowerCase();
  return before.endsWith('https:') ? 'https:' : before.endsWith('http:') ? 'http:' : undefined;
}

function hostStartBefore(chunk: string, slash: number, from: number): number {
  let start = slash;
  const earliest = Math.max(from, slash - MAX_HOST_LENGTH - 1);
  while (start > earliest && /[a-z0-9.-]/i.test(chunk[start - 1] ?? '')) start -= 1;
  return start;
}

/** At the chunk's start, or after a character that cannot belong to what follows. */
function isClear(chunk: string, start: number, from: number, before: Before, never: RegExp): boolean {
  // Right after a mark that closed another host's link there is no new token yet.
  if (before === 'closed' && start === from) return false;
  return !never.test(chunk[start - 1] ?? '');
}

/** Without a scheme the characters before matter more: `my_kick.com/x`, `аkick.com/x` and `?u=kick.com/x` are other hosts. */
function isClearForHost(chunk: string, start: number, from: number, before: Before): boolean {
  let marks = start;
  while (marks > from && chunk[marks - 1] === '_') marks -= 1;
  return (
    isClear(chunk, start, from, before, /[a-z0-9+/\\@=?&#%$^.\p{L}\p{N}\p{M}\p{Cf}-]/iu) &&
    !(marks < start && /[\p{L}\p{N}\p{M}]/u.test(chunk[marks - 1] ?? ''))
  );
}

/** Schemes that make of what follows something else than a link in a message. */
const foreignScheme =
  /^[^a-z0-9]*(?:https?|ftps?|sftp|file|data|javascript|vbscript|mailto|blob|about|view-source|intent|wss?|rtmps?|rtsp|magnet|tel|sms|urn|filesystem|jar|android-app|itms-apps):/i;

/** Whether text before a link is an address itself, of which the link would be a part. */
const hidesAddress = (gap: string): boolean =>
  gap.includes('//') || foreignScheme.test(gap) || /[a-z0-9_-]\.[a-z0-9-]+(?::\d{1,5})?[/?#\\]/i.test(gap);

const looksLikeAddress = (chunk: string): boolean =>
  chunk.includes('//') || /[a-z0-9]\.[a-z]{2,24}\//i.test(chunk);

type Host = { readonly name: string; readonly end: number };

/** The host as written, if it is written plainly: no user name, no port but the scheme's own, nothing but ASCII. */
function hostAt(chunk: string, start: number, defaultPort: string): Host {
  let end = start;
  while (end - start <= 64 && /[a-z0-9.@:%_-]/i.test(chunk[end] ?? '')) end += 1;
  const written = chunk.slice(start, end).toLowerCase();
  const name = written.endsWith(defaultPort) ? written.slice(0, -defaultPort.length) : written;
  const ends = end === chunk.length || /[/\\?#]/.test(chunk[end] ?? '') || hardEnd.test(chunk[end] ?? '');
  return { name: ends ? name : '', end };
}

/** No part of a listed host's links that matters holds one of these. */
const hardEnd = /[\s"<>`{}|^[\]*]/;

/** Where a listed host's link ends: before the next link, a mark that no link holds, or the first non-ASCII character. */
function listedEnd(chunk: string, host: Host): number {
  const limit = nextStart(chunk, host.end + 1, 'listed')?.start ?? chunk.length;
  let end = chunk.startsWith('/@', host.end) ? nameEnd(chunk, host, limit) : host.end;
  while (end < limit) {
    const code = chunk.charCodeAt(end);
    if (code > 0x7e || code < 0x21 || hardEnd.test(chunk[end] ?? '')) break;
    if (code === 0x7e && chunk[end + 1] === '~') break;
    end += 1;
  }
  return end;
}

/** Some names may be written in any script; the platform says with which characters. */
function nameEnd(chunk: string, host: Host, limit: number): number {
  const isNameCharacter = platformOfHost(host.name)?.isNameCharacter;
  let end = host.end + 2;
  while (isNameCharacter && end < limit) {
    const character = String.fromCodePoint(chunk.codePointAt(end) ?? 0);
    if (!isNameCharacter(character)) break;
    end += character.length;
  }
  return end;
}

const closers: Readonly<Record<string, string>> = {
  '<': '>',
  '[': ']',
  '"': '"',
  "'": "'",
  '`': '`',
  '|': '|',
  '*': '*',
  '“': '”',
  '«': '»',
  '「': '」',
  '（': '）',
};

/** Where a link of another host ends: at the partner of the mark before it, else at `<`, else with the chunk. */
function otherEnd(chunk: string, start: number): number {
  const opener = chunk[start - 1] ?? '';
  if (opener === '(') return closingParenthesis(chunk, start);
  const closer = closers[opener] ?? '<';
  const end = chunk.indexOf(closer, start);
  return end === -1 ? chunk.length : end;
}

function closingParenthesis(chunk: string, start: number): number {
  let open = 1;
  for (let end = start; end < chunk.length; end += 1) {
    if (chunk[end] === '(') open += 1;
    if (chunk[end] === ')') open -= 1;
    if (open === 0) return end;
  }
  return chunk.length;
}
