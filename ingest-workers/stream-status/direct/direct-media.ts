import type { StreamId } from '#shared/model/ids.ts';
import { answer, noAnswer, type Reading } from '../reading.ts';
import { readTrouble } from '../read-trouble.ts';
import { readOne, type RouteTools, type StatusRoute, type Subject } from '../status-route.ts';
import type { FetchAnswer } from '../../safe-fetch/fetch-types.ts';
import { readPlaylist } from './read-playlist.ts';

/** A playlist as it was when it last moved. */
type Seen = { readonly mark: string; readonly atMs: number };

/** A playlist that has not moved for this many of its pieces stands still. */
const STILL_PIECES = 4;
const MAX_SEEN = 20_000;

/** Media by its own address: a playlist is live while it moves on, a file can always be played. */
export function createDirectMedia(tools: RouteTools): StatusRoute {
  const seen = new Map<StreamId, Seen>();

  const judge = (id: StreamId, mark: string, targetSeconds: number): Reading => {
    const now = tools.clock.nowMs();
    const before = seen.get(id);
    if (before?.mark !== mark) {
      seen.delete(id);
      seen.set(id, { mark, atMs: now });
      const [oldest] = seen.keys();
      if (seen.size > MAX_SEEN && oldest !== undefined) seen.delete(oldest);
      const words = before === undefined ? 'The playlist is open.' : 'The playlist moves on.';
      return answer('live', words, mark);
    }
    const stillMs = now - before.atMs;
    if (stillMs < STILL_PIECES * targetSeconds * 1000) return answer('live', 'The playlist is open.', mark);
    return answer('offline', `The playlist has stood still for ${Math.round(stillMs / 1000)} s.`, mark);
  };

  const readMedia = async (id: StreamId, address: string, depth: number): Promise<Reading> => {
    const outcome = await tools.fetch({
      url: address,
      http: true,
      anyPort: true,
      maxBytes: 512 * 1024,
      cut: true,
    });
    const host = URL.canParse(address) ? new URL(address).hostname : 'The host';
    const trouble = readTrouble(outcome, host);
    if (trouble !== undefined || !outcome.ok)
      return trouble ?? noAnswer('unreachable', `${host} did not answer.`, '');
    const { status, url, text } = outcome.value;
    if (status >= 400) return answer('gone', `${host} has no such file.`, `HTTP ${status}`);
    const playlist = readPlaylist(text);
    if (playlist.type === 'not-a-playlist') return readFile(outcome.value, host);
    if (playlist.type === 'media')
      return playlist.hasEnd
        ? answer('offline', 'The playlist has an end: it is a recording.', '#EXT-X-ENDLIST')
        : judge(id, playlist.mark, playlist.targetSeconds);
    const [first] = playlist.variants;
    if (first === undefined || depth > 1 || !URL.canParse(first, url))
      return noAnswer('odd-answer', 'The playlist leads nowhere.', text.slice(0, 100));
    return readMedia(id, new URL(first, url).href, depth + 1);
  };

  return {
    name: 'Media files',
    hostOf: ({ url }: Subject) => new URL(url.url).host,
    canRead: () => true,
    batchSize: 1,
    concurrency: 2,
    spacingMs: 500,
    read: (subjects) => readOne(subjects, ({ id, url }) => readMedia(id, url.url, 0)),
  };
}

function readFile({ contentType, url, headers }: FetchAnswer, host: string): Reading {
  if (contentType === 'application/dash+xml') return answer('live', 'The manifest is there.', contentType);
  const isMedia =
    /^(?:video|audio)\//.test(contentType) ||
    (/octet-stream$/.test(contentType) && /\.\w{2,4}$/.test(new URL(url).pathname));
  if (!isMedia)
    return noAnswer(
      'odd-answer',
      `${host} sent something else than media (${contentType || 'no type'}).`,
      contentType,
    );
  const hasLength = headers['content-length'] !== undefined;
  return hasLength
    ? answer('live', 'A file that can be played at any time.', contentType)
    : answer('live', 'Media is coming.', contentType);
}
