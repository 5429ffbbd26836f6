import type { CatalogueView, StreamView, WallView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { fit, plain } from './slash-commands.ts';

/**
 * What is posted when the world changes, decided from views and the time alone. What happened while the bot was away is
 * not news any more.
 */
export type ChangeAnnouncer = {
  /** @returns the post that streams going live are worth, if any */
  readonly catalogue: (view: CatalogueView, changed: Iterable<string>, nowMs: number) => string | undefined;
  /** The wall looks like this now; ask `wallPost` when it has been quiet for a while. */
  readonly wall: (view: WallView, nowMs: number) => void;
  readonly wallPost: (catalogue: CatalogueView, nowMs: number) => string | undefined;
};

/** A stream that comes and goes is news once in this time. */
const SAME_NEWS_MS = 30 * 60_000;
/** A wall is rebuilt in many steps; it is described when nobody has touched it for this long. */
const WALL_QUIET_MS = 15_000;
const MAX_REMEMBERED = 20_000;

export function createChangeAnnouncer(catalogue: CatalogueView): ChangeAnnouncer {
  const live = new Set<string>([...catalogue.streams.values()].filter(isLive).map(({ id }) => id));
  const posted = new Map<string, number>();
  let shown: ReadonlySet<StreamId> | undefined;
  let now: ReadonlySet<StreamId> | undefined;
  let changedAtMs = 0;

  const isNews = (id: string, nowMs: number): boolean => {
    const before = posted.get(id);
    if (before !== undefined && nowMs - before < SAME_NEWS_MS) return false;
    posted.delete(id);
    posted.set(id, nowMs);
    const [oldest] = posted.keys();
    if (posted.size > MAX_REMEMBERED && oldest !== undefined) posted.delete(oldest);
    return true;
  };
  return {
    catalogue(view, changed, nowMs) {
      const news: StreamView[] = [];
      for (const id of changed) {
        const stream = view.streams.get(id as StreamId);
        const isLiveNow = stream !== undefined && isLive(stream);
        if (isLiveNow && !live.has(id) && isNews(id, nowMs)) news.push(stream);
        if (isLiveNow) live.add(id);
        else live.delete(id);
      }
      return news.length === 0
        ? undefined
        : fit(news.map((stream) => `🔴 ${describe(stream)} <${stream.link}>`));
    },
    wall({ tiles }, nowMs) {
      const streams = new Set(tiles.map(({ stream }) => stream));
      shown ??= streams;
      if (now === undefined || !isSame(streams, now)) changedAtMs = nowMs;
      now = streams;
    },
    wallPost(view, nowMs) {
      if (now === undefined || shown === undefined || nowMs - changedAtMs < WALL_QUIET_MS) return undefined;
      const came = [...now].filter((id) => shown?.has(id) === false);
      const went = [...shown].filter((id) => now?.has(id) === false);
      shown = now;
      if (came.length + went.length === 0) return undefined;
      const name = (id: StreamId) => {
        const stream = view.streams.get(view.resolve(id));
        return stream === undefined ? 'a stream that is gone' : describe(stream);
      };
      return fit([...came.map((id) => `➕ ${name(id)}`), ...went.map((id) => `➖ ${name(id)}`)]);
    },
  };
}

const isLive = ({ status, moderation, archived }: StreamView) =>
  status === 'live' && moderation !== 'waiting' && moderation !== 'refused' && archived !== true;

function describe({ code, label, source, title, city, region }: StreamView): string {
  const place = [city, region].filter((part) => part !== undefined).join(', ');
  const name = plain(label ?? source ?? title ?? '');
  return `**${code}** ${[name, plain(place)].filter((part) => part !== '').join(' · ')}`;
}

const isSame = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  a.size === b.size && [...a].every((id) => b.has(id));
