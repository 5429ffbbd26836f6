import { DocumentRoom } from './document-room.ts';
import type { ServedDocument } from './document-name.ts';
import type { News } from './fan-out.ts';
import type { PresenceBoard } from './presence-board.ts';
import { PresenceWindow } from './presence-window.ts';
import { loadRoomDocument } from './room-document.ts';
import type { RoomParts } from './room-parts.ts';
import type { RoomPeer } from './room-peer.ts';
import type { PresenceLimits } from './room-presence.ts';
import { RoomSignals } from './room-signals.ts';

/** A room that somebody is in, as a connection uses it. */
export type OpenRoom = {
  readonly room: DocumentRoom;
  readonly presence: PresenceWindow;
  readonly signals: RoomSignals;
};

export type RoomsParts = Omit<RoomParts, 'served' | 'onLost' | 'waiting'> & {
  readonly board: PresenceBoard;
  readonly presenceLimits: PresenceLimits;
  /** How long a room that nobody is in stays in memory. */
  readonly lingerMs: number;
  /** How many updates come between two snapshots. */
  readonly snapshotEvery: number;
};

/** Not worth a snapshot when a room is left. */
const FEW_UPDATES = 50;
/** A document that is written to all the time is summed up no more often than this. */
const SNAPSHOT_MS = 10_000;
/** How long an end may be put off by last snapshots. */
const CLOSE_MS = 3_000;

type Slot = {
  readonly opened: Promise<OpenRoom>;
  open: OpenRoom | undefined;
  stop: () => Promise<void>;
  emptyAtMs: number | undefined;
  snapshotAtMs: number;
};

/** The documents that are in memory, each once. */
export class OpenRooms {
  private readonly slots = new Map<string, Slot>();
  /** What waits for the log in all rooms. */
  private readonly waiting = { bytes: 0 };
  private readonly parts: RoomsParts;

  constructor(parts: RoomsParts) {
    this.parts = parts;
  }

  /** Opens the document if need be. @throws {LogUnavailable} when it is not in memory and cannot be read */
  async enter(served: ServedDocument, peer: RoomPeer): Promise<OpenRoom> {
    const slot = this.slots.get(served.name) ?? this.openSlot(served);
    const open = await slot.opened;
    // Between the answer and here the room may have been given up.
    if (this.slots.get(served.name) !== slot) return this.enter(served, peer);
    slot.emptyAtMs = undefined;
    open.room.join(peer);
    open.presence.join(peer);
    return open;
  }

  leave({ room, presence, signals }: OpenRoom, peer: RoomPeer): void {
    room.leave(peer);
    signals.leave(peer);
    presence.leave(peer);
  }

  count(): number {
    return this.slots.size;
  }

  /** Of edits that were passed on while the log was away, and wait to be stored. */
  unsavedBytes(): number {
    return this.waiting.bytes;
  }

  /** To be called about once a second: presence, snapshots, and rooms that nobody needs. */
  async tick(): Promise<void> {
    const nowMs = this.parts.clock.nowMs();
    for (const [name, slot] of this.slots) {
      if (slot.open === undefined) continue;
      slot.open.presence.tick();
      if (nowMs - slot.snapshotAtMs >= SNAPSHOT_MS && slot.open.room.snapshot(this.parts.snapshotEvery))
        slot.snapshotAtMs = nowMs;
      if (!slot.open.room.isEmpty()) slot.emptyAtMs = undefined;
      else if (slot.emptyAtMs === undefined) {
        slot.emptyAtMs = nowMs;
        slot.open.room.snapshot(Math.min(this.parts.snapshotEvery, FEW_UPDATES));
      } else if (nowMs - slot.emptyAtMs >= this.parts.lingerMs) await this.closeSlot(name, slot);
    }
  }

  /** Finds what other instances stored when they could not tell it. @throws {LogUnavailable} */
  async askLog(): Promise<void> {
    if (this.slots.size === 0) return;
    for (const { document, last } of await this.parts.log.documents())
      this.slots.get(document)?.open?.room.checkLog(last);
  }

  /** To be told when this instance stored something itself, past the room. */
  noteStored(document: string, last: number): void {
    this.slots.get(document)?.open?.room.checkLog(last);
  }

  /** Resolves when everything that rooms hold is stored. */
  async settled(): Promise<void> {
    await Promise.all([...this.slots.values()].map(async ({ open }) => open?.room.settled()));
  }

  /** Sums up what is worth it, so that the next start is quick. */
  async close(): Promise<void> {
    const untilMs = this.parts.clock.nowMs() + CLOSE_MS;
    for (const { open } of this.slots.values()) {
      if (open?.room.isEmpty() !== true || this.parts.clock.nowMs() > untilMs) continue;
      open.room.snapshot(Math.min(this.parts.snapshotEvery, FEW_UPDATES));
      await open.room.settled();
    }
    await Promise.all([...this.slots].map(async ([name, slot]) => this.closeSlot(name, slot)));
  }

  private openSlot(served: ServedDocument): Slot {
    const slot: Slot = {
      opened: Promise.resolve().then(() => this.open(served, slot)),
      open: undefined,
      stop: async () => Promise.resolve(),
      emptyAtMs: undefined,
      snapshotAtMs: this.parts.clock.nowMs(),
    };
    this.slots.set(served.name, slot);
    slot.opened.catch(() => void this.closeSlot(served.name, slot));
    return slot;
  }

  private async open(served: ServedDocument, slot: Slot): Promise<OpenRoom> {
    const { fanOut, log, board, presenceLimits } = this.parts;
    const early: News[] = [];
    let hear = (news: News): void => void early.push(news);
    // Listening begins before the log is read, so that nothing falls between the two.
    slot.stop = await fanOut.subscribe(served.name, (news) => hear(news));
    const onLost = (): void => void this.closeSlot(served.name, slot);
    const room = new DocumentRoom(await loadRoomDocument(served, log), {
      ...{ ...this.parts, served, onLost },
      waiting: this.waiting,
    });
    const presence = new PresenceWindow({
      ...this.parts,
      limits: presenceLimits,
      publish: (entries) => {
        fanOut.publish(served.name, { type: 'presence', entries });
        board.put(served.name, entries);
      },
    });
    const signals = new RoomSignals({
      ...this.parts,
      newId: this.parts.newBatchId,
      publish: (news) => fanOut.publish(served.name, news),
    });
    presence.hear(await board.list(served.name));
    hear = (news) => {
      if (news.type === 'presence') presence.hear(news.entries);
      else if (news.type === 'signal' || news.type === 'signal-answer') signals.hear(news);
      else room.hear(news);
    };
    for (const news of early) hear(news);
    slot.open = { room, presence, signals };
    return slot.open;
  }

  private async closeSlot(name: string, slot: Slot): Promise<void> {
    if (this.slots.get(name) === slot) this.slots.delete(name);
    await slot.stop();
  }
}
