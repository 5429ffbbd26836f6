import { MAX_DOCUMENT_BYTES } from '#shared/document/limits.ts';
import type { PresenceLimits } from './documents/room-presence.ts';
import type { RoomLimits } from './documents/room-parts.ts';
import type { ConnectionLimits } from './gateway/connection-parts.ts';

const MEGABYTE = 1_048_576;

/** A whole document fits into a message: that is how an empty server gets it back. */
export const MAX_MESSAGE_BYTES = MAX_DOCUMENT_BYTES + MEGABYTE;
export const MAX_CONNECTIONS = 5_000;

export const roomLimits: RoomLimits = {
  maxUpdateBytes: MAX_DOCUMENT_BYTES,
  maxDocumentBytes: MAX_DOCUMENT_BYTES,
  maxWaitingBytes: 2 * MAX_DOCUMENT_BYTES,
  maxWaitingBytesOfAll: 4 * MAX_DOCUMENT_BYTES,
  maxEntriesPerTurn: 2_000,
};

export const connectionLimits: ConnectionLimits = {
  // Far above what people and bots do. Memory is bounded below whatever the rate: a client that is ahead is not read from.
  messages: { perSecond: 10_000, burst: 50_000 },
  bytes: { perSecond: 32 * MEGABYTE, burst: 8 * MAX_DOCUMENT_BYTES },
  questions: { perSecond: 2, burst: 50 },
  maxUnansweredBytes: 4 * MEGABYTE,
  maxBacklogBytes: 4 * MEGABYTE,
  silentMs: 45_000,
  keepAliveMs: 12_000,
};

/** Of one person or key, over all their connections and all instances; above what any of them needs. */
export const MESSAGES_PER_MINUTE = 1_800_000;

export const presenceLimits: PresenceLimits = {
  maxStateBytes: 16_384,
  maxClientsPerPeer: 4,
  maxClients: 10_000,
  silentMs: 45_000,
  rememberLeftMs: 120_000,
};
