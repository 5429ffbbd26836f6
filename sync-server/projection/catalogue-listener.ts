import type { Logger } from '#shared/kernel/logger.ts';
import { ActorId } from '#shared/model/ids.ts';
import type { OpenRoom, OpenRooms } from '../documents/open-rooms.ts';
import type { RoomPeer } from '../documents/room-peer.ts';
import type { Timers } from '../documents/timers.ts';
import { LogUnavailable } from '../documents/update-log.ts';
import type { CatalogueDesk } from './catalogue-desk.ts';
import { CATALOGUE } from './rebuild-tables.ts';

/** What comes together is read together. */
const GATHER_MS = 25;
/** For what nobody tells. */
const ANYWAY_MS = 5_000;

type Parts = {
  readonly desk: CatalogueDesk;
  readonly rooms: OpenRooms;
  readonly timers: Timers;
  readonly logger: Logger;
};

/** Sits in the catalogue's room while somebody follows, and has the tables follow what it hears. */
export class CatalogueListener {
  private followers = 0;
  private room: OpenRoom | undefined;
  private isEntering = false;
  private callOff: (() => void) | undefined;
  private readonly peer: RoomPeer;
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
    this.peer = this.makePeer();
  }

  /** @returns how to stop */
  follow(): () => void {
    this.followers += 1;
    void this.enter();
    this.soon(0);
    let isFollowing = true;
    return () => {
      if (isFollowing) this.followers -= 1;
      isFollowing = false;
      if (this.followers === 0) this.leave();
    };
  }

  private async enter(): Promise<void> {
    if (this.room !== undefined || this.isEntering) return;
    this.isEntering = true;
    try {
      this.room = await this.parts.rooms.enter(CATALOGUE, this.peer);
    } catch (error) {
      // The next round tries again.
      if (!(error instanceof LogUnavailable))
        this.parts.logger.error('the catalogue cannot be followed', { error });
    } finally {
      this.isEntering = false;
    }
    if (this.followers === 0) this.leave();
  }

  private leave(): void {
    this.callOff?.();
    this.callOff = undefined;
    if (this.room !== undefined) this.parts.rooms.leave(this.room, this.peer);
    this.room = undefined;
  }

  private soon(afterMs: number): void {
    this.callOff?.();
    this.callOff = this.parts.timers.after(afterMs, () => {
      this.callOff = undefined;
      if (this.followers === 0) return;
      void this.enter();
      this.parts.desk
        .fresh()
        .catch((error: unknown) => {
          if (!(error instanceof LogUnavailable))
            this.parts.logger.error('the tables do not follow', { error });
        })
        .finally(() => {
          if (this.callOff === undefined && this.followers > 0) this.soon(ANYWAY_MS);
        });
    });
  }

  private makePeer(): RoomPeer {
    const nothing = (): void => undefined;
    return {
      ...{
        actor: ActorId.parse('rule:followers'),
        isNumbered: true,
        writable: () => new Set(),
        mayCarry: () => false,
      },
      // Frames come after they are stored, or when they cannot be.
      send: () => this.soon(GATHER_MS),
      ...{ taken: nothing, answered: nothing, held: nothing, refused: nothing, signalled: nothing },
      ...{ signalAnswered: nothing, mayAsk: () => false },
      lost: () => {
        this.room = undefined;
      },
    };
  }
}
