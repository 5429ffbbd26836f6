import type { StreamView } from '#shared/document/view.ts';

/**
 * Streams that may be one and the same, side by side: the same account on the same platform, or the same label or title.
 * Every word of a title counts, so that "Live" alone makes no twins of strangers.
 */
export function findTwins(streams: readonly StreamView[]): readonly StreamView[] {
  const groups = new Map<string, StreamView[]>();
  for (const stream of streams) {
    for (const key of keysOf(stream)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [stream]);
      else group.push(stream);
    }
  }
  const found = new Set<StreamView>();
  for (const group of groups.values()) if (group.length > 1) for (const stream of group) found.add(stream);
  return [...found];
}

const LEAST_NAME = 8;

function keysOf(stream: StreamView): readonly string[] {
  const names = [stream.label, stream.title].flatMap((name) => {
    const folded = name?.trim().toLowerCase() ?? '';
    return folded.length >= LEAST_NAME ? [`name ${folded}`] : [];
  });
  const keys = new Set(names);
  if (stream.streamer !== undefined) keys.add(`streamer ${stream.streamer} ${stream.platform}`);
  return [...keys];
}
