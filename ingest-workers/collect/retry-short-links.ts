import type { Logger } from '#shared/kernel/logger.ts';
import type { ActorId } from '#shared/model/ids.ts';
import { readLiveUrl, streamIdOf, type StreamUrl } from '#shared/model/stream-url.ts';
import type { StreamView } from '#shared/document/view.ts';
import type { Replica } from '#shared/replica/replica.ts';
import type { Timers } from '../timers.ts';
import type { ResolveShortLink } from './short-links.ts';

const ROUND_MS = 10 * 60_000;
const A_ROUND = 20;
/** Platforms do not change their minds: what leads nowhere after so many rounds never will. */
const MAX_TRIES = 12;

/**
 * Looks up again the short links that this bot had to keep as they are. One that is found out becomes one with the stream
 * that it leads to.
 * @returns how to stop
 */
export function startShortLinkRetries(parts: {
  readonly replica: Pick<Replica, 'catalogue' | 'send'>;
  readonly actor: () => ActorId;
  readonly resolve: ResolveShortLink;
  readonly timers: Timers;
  readonly logger: Logger;
}): () => void {
  const { replica, resolve, timers, logger } = parts;
  const tries = new Map<string, number>();
  let isStopped = false;
  let stopWaiting = () => undefined as void;

  const retry = async ({ id }: StreamView, link: StreamUrl): Promise<void> => {
    tries.set(id, (tries.get(id) ?? 0) + 1);
    const resolved = await resolve(link);
    if (!resolved.ok || isStopped) return;
    const target = streamIdOf(resolved.value.url);
    await replica.send({ document: 'catalogue', command: { type: 'add-stream', link: resolved.value.url } });
    const joined = await replica.send({
      document: 'catalogue',
      command: { type: 'continue-stream', id: target, continues: id },
    });
    logger.info('a short link was looked up', {
      link: link.url,
      stream: resolved.value.url,
      joined: joined.ok,
    });
    tries.set(id, MAX_TRIES);
  };
  const round = async (): Promise<void> => {
    const open = [...replica.catalogue().streams.values()].flatMap((stream) => {
      if (stream.addedBy !== parts.actor() || (tries.get(stream.id) ?? 0) >= MAX_TRIES) return [];
      const link = readLiveUrl(stream.link);
      return link.ok && link.value.short === true ? [[stream, link.value] as const] : [];
    });
    for (const [stream, link] of open.slice(0, A_ROUND)) if (!isStopped) await retry(stream, link);
    if (!isStopped) stopWaiting = timers.after(ROUND_MS, () => void round());
  };
  stopWaiting = timers.after(ROUND_MS, () => void round());
  return () => {
    isStopped = true;
    stopWaiting();
  };
}
