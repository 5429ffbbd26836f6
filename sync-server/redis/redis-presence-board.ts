import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Clock } from '#shared/kernel/clock.ts';
import type { ToldPresence } from '../documents/fan-out.ts';
import { PRESENCE_TTL_MS, type PresenceBoard } from '../documents/presence-board.ts';
import { isGone } from '../documents/presence-entries.ts';
import { readEntry, writeEntry } from './news-bytes.ts';
import { openRedisConnection, whenConnected } from './redis-connection.ts';

const FIRST_CONNECTION_MS = 3_000;

/** A hash for each document, its fields client ids. Redis lets only whole hashes expire everywhere, so that each entry says until when it counts. */
export async function openRedisPresenceBoard(
  url: string,
  prefix: string,
  clock: Clock,
  onTrouble: (error: unknown) => void,
): Promise<{ board: PresenceBoard; close: () => void }> {
  const redis = openRedisConnection(url, onTrouble);
  const keyOf = (document: string): string => `${prefix}presence:${document}`;
  const board: PresenceBoard = {
    put: (document, entries) => {
      if (redis.status !== 'ready' || entries.length === 0) return;
      const untilMs = clock.nowMs() + PRESENCE_TTL_MS;
      const pipeline = redis.pipeline();
      for (const entry of entries) {
        if (isGone(entry.state)) pipeline.hdel(keyOf(document), String(entry.client));
        else pipeline.hset(keyOf(document), String(entry.client), writeValue(entry, untilMs));
      }
      pipeline.pexpire(keyOf(document), PRESENCE_TTL_MS);
      pipeline.exec().catch(onTrouble);
    },
    list: async (document) => {
      if (redis.status !== 'ready') return [];
      try {
        const values = await redis.hvalsBuffer(keyOf(document));
        const nowMs = clock.nowMs();
        return values
          .flatMap((value) => readValue(value) ?? [])
          .filter(({ untilMs }) => untilMs > nowMs)
          .map(({ entry }) => entry);
      } catch (error) {
        onTrouble(error);
        return [];
      }
    },
  };
  await whenConnected(redis, FIRST_CONNECTION_MS);
  return { board, close: () => redis.disconnect() };
}

function writeValue(entry: ToldPresence, untilMs: number): Buffer {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, untilMs);
  writeEntry(encoder, entry);
  return Buffer.from(encoding.toUint8Array(encoder));
}

function readValue(value: Uint8Array): { untilMs: number; entry: ToldPresence } | undefined {
  try {
    const decoder = decoding.createDecoder(new Uint8Array(value));
    return { untilMs: decoding.readVarUint(decoder), entry: readEntry(decoder) };
  } catch {
    return undefined;
  }
}
