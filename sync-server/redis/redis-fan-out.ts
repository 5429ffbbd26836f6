import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { FanOut, News, ToldUpdate } from '../documents/fan-out.ts';
import { readNews, writeNews } from './news-bytes.ts';
import { openRedisConnection, whenConnected } from './redis-connection.ts';

/** Larger news of stored updates is told by their number alone; whoever hears it reads them from the log. */
const MAX_NEWS_BYTES = 1_048_576;
/** What Redis has not taken; beyond it news is dropped, and found by its gap. */
const MAX_UNDER_WAY_BYTES = 32 * 1_048_576;
/** A Redis that hangs is noticed within their sum; from then on edits come by way of the log. */
const BEAT_MS = 300;
const TELLING_TIMEOUT_MS = 600;
const FIRST_CONNECTION_MS = 3_000;

/**
 * Tells other instances through Redis' channels, one a document.
 * @param prefix tells apart servers that share a Redis
 */
export async function openRedisFanOut(
  url: string,
  prefix: string,
  onTrouble: (error: unknown) => void,
): Promise<{ fanOut: FanOut; close: () => void }> {
  const teller = openRedisConnection(url, onTrouble, TELLING_TIMEOUT_MS);
  const hearer = openRedisConnection(url, onTrouble);
  const instance = randomUUID();
  const listeners = new Map<string, Set<(news: News) => void>>();
  const pulse = takePulse(teller);
  const tell = tellThrough(teller, instance, onTrouble);
  let isHearing = false;

  hearer.on('messageBuffer', (channel: Buffer, message: Buffer) => {
    const read = readNews(message);
    if (read === undefined || read.instance === instance) return;
    for (const listener of listeners.get(channel.toString()) ?? []) listener(read.news);
  });
  hearer.on('ready', () => {
    const channels = [...listeners.keys()];
    const done = channels.length === 0 ? Promise.resolve() : hearer.subscribe(...channels);
    done.then(() => (isHearing = true), onTrouble);
  });
  hearer.on('close', () => (isHearing = false));

  const fanOut: FanOut = {
    publish: (document, news) => {
      for (const piece of piecesOf(news)) tell(prefix + document, piece);
    },
    subscribe: async (document, listener) => {
      const channel = prefix + document;
      const others = listeners.get(channel) ?? new Set();
      listeners.set(channel, others.add(listener));
      if (others.size === 1 && hearer.status === 'ready') await hearer.subscribe(channel).catch(onTrouble);
      return async () => {
        others.delete(listener);
        if (others.size > 0) return;
        listeners.delete(channel);
        if (hearer.status === 'ready') await hearer.unsubscribe(channel).catch(onTrouble);
      };
    },
    state: () => (isHearing && pulse.isThere() ? 'connected' : 'disconnected'),
  };
  await Promise.all([teller, hearer].map(async (redis) => whenConnected(redis, FIRST_CONNECTION_MS)));
  return {
    fanOut,
    close: () => {
      pulse.stop();
      teller.disconnect();
      hearer.disconnect();
    },
  };
}

/** @returns how to tell news in a channel */
function tellThrough(redis: Redis, instance: string, onTrouble: (error: unknown) => void) {
  const inOneWrite = joinWrites(redis);
  let underWay = 0;
  return (channel: string, news: News): void => {
    const whole = writeNews(instance, news);
    const isLarge = whole.length > MAX_NEWS_BYTES && news.type === 'updates';
    const bytes = isLarge ? writeNews(instance, byNumber(news)) : whole;
    if (redis.status !== 'ready' || underWay + bytes.length > MAX_UNDER_WAY_BYTES) return;
    underWay += bytes.length;
    inOneWrite();
    redis
      .publish(channel, Buffer.from(bytes))
      .catch(onTrouble)
      .finally(() => (underWay -= bytes.length));
  };
}

/** What one transaction stored of many documents is told together. @returns what to call before each command */
function joinWrites(redis: Redis): () => void {
  let isJoining = false;
  return () => {
    if (isJoining) return;
    isJoining = true;
    const { stream } = redis;
    stream.cork();
    process.nextTick(() => {
      isJoining = false;
      stream.uncork();
    });
  };
}

/** Whether Redis answers, as of a moment ago. */
function takePulse(redis: Redis): { isThere: () => boolean; stop: () => void } {
  let isAnswered = true;
  const beat = setInterval(() => {
    if (redis.status !== 'ready') return;
    redis.ping().then(
      () => (isAnswered = true),
      () => (isAnswered = false),
    );
  }, BEAT_MS);
  return { isThere: () => isAnswered && redis.status === 'ready', stop: () => clearInterval(beat) };
}

/** The same news without its bytes: that numbers up to here are taken. */
function byNumber({ from, updates }: News & { type: 'updates' }): News {
  return { type: 'updates', from: from + updates.length, updates: [] };
}

/** What has no number can be read nowhere else, and is told whole: in pieces, but for an update that is large by itself. */
function piecesOf(news: News): readonly News[] {
  if (news.type !== 'unsaved') return [news];
  const pieces: ToldUpdate[][] = [];
  let bytes = Infinity;
  for (const update of news.updates) {
    if (bytes + update.bytes.length > MAX_NEWS_BYTES) {
      pieces.push([]);
      bytes = 0;
    }
    pieces.at(-1)?.push(update);
    bytes += update.bytes.length;
  }
  return pieces.map((updates) => ({ type: 'unsaved', updates }));
}
