import type { CatalogueCommand } from '#shared/document/command.ts';
import { ignoreIdOf, ignoreValue } from '#shared/document/ignore-rule.ts';
import type { CatalogueView, StreamView } from '#shared/document/view.ts';
import type { IgnoreId, StreamerId, StreamId } from '#shared/model/ids.ts';
import { readStreamUrl, type StreamUrl } from '#shared/model/stream-url.ts';

export type LifecycleRules = {
  /** A streamer's stream that begins so soon after their last goes on with it; 0 for never. */
  readonly continueWithinMs: number;
  /** Whether what is on an ignore list is refused whoever adds it. */
  readonly enforcesIgnore: boolean;
};

type Posted = { readonly source?: string | null | undefined; readonly posted_by?: string | null | undefined };
type Rules = { readonly size: number; has(id: IgnoreId): boolean };

/** Which rule of the ignore lists speaks of this: its link, its host or one above, its channel, or who posted it. */
export function ignoredBy(
  { ignore }: { readonly ignore: Rules },
  url: Pick<StreamUrl, 'url' | 'platform' | 'username'>,
  posted: Posted,
): string | undefined {
  if (ignore.size === 0) return undefined;
  const labels = new URL(url.url).hostname.split('.').slice(-10);
  const candidates = [
    ['url', url.url] as const,
    ...labels.map((_, i) => ['domain', labels.slice(i).join('.')] as const),
    ...(url.platform === 'twitch' && url.username !== undefined
      ? [['twitch_user', url.username] as const]
      : []),
    ...(/^discord/i.test(posted.source ?? '') ? [['discord_user', posted.posted_by ?? ''] as const] : []),
  ];
  return candidates.find(([list, value]) => ignore.has(ignoreIdOf(list, ignoreValue(list, value))))?.[1];
}

/**
 * What the server does about streams by itself, whoever added them. Empty when all is as it should be.
 * @param judged streams that were held against these ignore rules before, as views show them; those of now are added
 */
export function planLifecycle(
  view: CatalogueView,
  rules: LifecycleRules,
  judged: WeakSet<StreamView>,
): readonly CatalogueCommand[] {
  const streams = [...view.streams.values()];
  return [
    ...(rules.enforcesIgnore ? streams.flatMap((stream) => refuseIgnored(view, stream, judged)) : []),
    ...(rules.continueWithinMs > 0 ? continueBroadcasts(streams, rules.continueWithinMs) : []),
  ];
}

/** A person's yes counts for more than a list. */
function refuseIgnored(
  view: CatalogueView,
  stream: StreamView,
  judged: WeakSet<StreamView>,
): CatalogueCommand[] {
  if (view.ignore.size === 0 || judged.has(stream)) return [];
  judged.add(stream);
  const { id, link, moderation, archived, source, postedBy } = stream;
  if (moderation === 'accepted' || (moderation === 'refused' && archived === true)) return [];
  const url = readStreamUrl(link);
  if (!url.ok || ignoredBy(view, url.value, { source, posted_by: postedBy }) === undefined) return [];
  return [{ type: 'edit-stream', id, changes: { moderation: 'refused', archived: true } }];
}

/** A streamer's newest broadcast is one with the one before it on the same platform, if that ended shortly before. */
function continueBroadcasts(streams: readonly StreamView[], withinMs: number): CatalogueCommand[] {
  const byStreamer = new Map<string, StreamView[]>();
  for (const stream of streams) {
    const streamer: StreamerId | undefined = stream.streamer;
    if (streamer === undefined || stream.moderation === 'refused') continue;
    const key = `${streamer} ${stream.platform}`;
    byStreamer.set(key, [...(byStreamer.get(key) ?? []), stream]);
  }
  return [...byStreamer.values()].flatMap((all): CatalogueCommand[] => {
    const inOrder = all.toSorted((a, b) => beganAt(a) - beganAt(b) || (a.id < b.id ? -1 : 1));
    const [before, newest] = inOrder.slice(-2);
    if (before === undefined || newest === undefined || !follows(before, newest, withinMs)) return [];
    const [id, continues]: [StreamId, StreamId] = [newest.id, before.id];
    return [{ type: 'continue-stream', id, continues }];
  });
}

const beganAt = ({ startedAt, addedAt }: StreamView): number => startedAt ?? addedAt;

function follows(before: StreamView, newest: StreamView, withinMs: number): boolean {
  if (newest.status !== 'live' || before.status === 'live' || before.status === 'upcoming') return false;
  const ended = before.endedAt ?? before.lastLiveAt;
  if (ended === undefined) return false;
  const gapMs = beganAt(newest) - ended;
  return gapMs >= -withinMs && gapMs <= withinMs;
}
