import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Meter } from '../accounts/actor-meters.ts';
import type { SignedIn } from '../accounts/sign-in.ts';
import type { ServedDocument } from '../documents/document-name.ts';
import type { OpenRooms } from '../documents/open-rooms.ts';
import type { Rate } from './rate-meter.ts';

/** Somebody whom the gateway let in. */
export type Admitted = {
  readonly signedIn: SignedIn;
  readonly served: ServedDocument;
  /** Whether it asked for our dialect. */
  readonly inDialect: boolean;
  /** From where, and with what program, as far as it said. */
  readonly address: string;
  readonly agent: string;
};

export type ConnectionLimits = {
  readonly messages: Rate;
  readonly bytes: Rate;
  /** What a client lacks can cost an encoding of the whole document; clients ask when they connect. */
  readonly questions: Rate;
  /** Of edits that wait for their turn; more is not read from the socket. */
  readonly maxUnansweredBytes: number;
  /** Of what a reader has not taken; beyond it, it is cut off. */
  readonly maxBacklogBytes: number;
  /** A client that says nothing for so long, not even an answer to a ping, is gone. */
  readonly silentMs: number;
  readonly keepAliveMs: number;
};

/** Whom a line of the log is about: a connection, under an id of its own, and what is known of who is behind it. */
export type ConnectionName = {
  readonly requestId: string;
  readonly actor?: string;
  readonly document?: string;
  readonly address?: string;
};

export type ConnectionWatch = {
  came(who: ConnectionName): void;
  /** It ended by itself. */
  left(who: ConnectionName): void;
  closed(reason: string, who: ConnectionName): void;
  cutOff(backlogBytes: number, who: ConnectionName): void;
  broken(error: unknown): void;
};

/** What a hello says of the store. */
export type GreetingStore = {
  readonly id: string;
  /** Whether nothing was ever stored in it. @throws {LogUnavailable} */
  readonly isEmpty: () => Promise<boolean>;
};

export type ConnectionParts = {
  readonly webSocket: WebSocket;
  /** The WebSocket's own connection, to which frames are written that were built once for everybody. */
  readonly socket: Duplex;
  readonly rooms: OpenRooms;
  readonly store: GreetingStore;
  /** Whether this instance does not hear the others now. */
  readonly othersAreStale: () => boolean;
  readonly clock: Clock;
  readonly limits: ConnectionLimits;
  /** Counts messages by person and key, whatever connections and instances these are on. */
  readonly meter: Meter;
  readonly watch: ConnectionWatch;
  readonly onEnd: () => void;
};
