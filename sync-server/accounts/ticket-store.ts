import type { Handle } from './handle.ts';

/** Where tickets for sockets wait, for every instance. @throws {LogUnavailable} when the database does not answer */
export type TicketStore = {
  add(ticket: {
    readonly hash: Uint8Array;
    readonly handle: Handle;
    readonly expiresAtMs: number;
  }): Promise<void>;
  /** A ticket opens once, whichever instances are asked at once. */
  take(hash: Uint8Array, nowMs: number): Promise<Handle | undefined>;
};
