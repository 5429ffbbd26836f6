import { randomBytes, randomInt } from 'node:crypto';
import type { CommandContext } from '#shared/document/op.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import { createStampClock } from '#shared/kernel/stamp.ts';
import { ActorId, ReplicaId } from '#shared/model/ids.ts';
import type { Account } from '../accounts/access.ts';
import type { ServedDocument } from '../documents/document-name.ts';
import type { OpenRoom, OpenRooms } from '../documents/open-rooms.ts';
import type { StoredCopy } from '../documents/stored-copy.ts';
import type { Timers } from '../documents/timers.ts';
import { RestPeer } from './rest-peer.ts';

/** How long an edit may take to be saved. */
const SAVE_MS = 8_000;
/** Actors whose Yjs client ids are remembered. */
const MAX_CLIENTS = 2_000;
const MAX_CLIENT_ID = 2 ** 32 - 1;

export type WriterParts = {
  readonly rooms: OpenRooms;
  readonly clock: Clock;
  readonly timers: Timers;
};

/** Who writes. */
export type Hand = { readonly context: () => CommandContext };

export type Write = {
  readonly account: Account;
  readonly work: (hand: Hand) => void;
  /** Told when it is not done. */
  readonly reject: (error: unknown) => void;
};

/** The updates of each write, in the order in which they are stored. */
export type Made = readonly (readonly Uint8Array[])[];

type Doc = StoredCopy['doc'];
type Edit = { readonly peer: RestPeer; readonly bytes: Uint8Array };

/**
 * Writes into a copy of a document in the names of several people, each under a Yjs client id of their own, and hands what
 * they wrote to the room, which judges and stores it like anybody's.
 */
export class DocumentWriter {
  /** For a copy that nothing is written to in the server's own name. */
  readonly ownActor = ActorId.parse('rule:rest');
  private readonly clients = new Map<ActorId, number>();
  private pen: Pick<CommandContext, 'replica' | 'stamps'>;
  private readonly served: ServedDocument;
  private readonly parts: WriterParts;

  constructor(served: ServedDocument, parts: WriterParts) {
    this.served = served;
    this.parts = parts;
    this.pen = newPen(parts.clock);
  }

  /**
   * Performs the writes one after another, and waits until all are stored.
   * @param known the number up to which the copy holds what is stored
   * @returns the edits that each of them made, as they are stored; undefined when something is in the copy that is not
   *   stored: it must not be used any more
   */
  async write(doc: Doc, known: number, writes: readonly Write[]): Promise<Made | undefined> {
    const peers = new Map<ActorId, RestPeer>();
    const made = writes.map((write): readonly Edit[] => {
      const peer = peers.get(write.account.actor) ?? new RestPeer(write.account, this.served);
      peers.set(write.account.actor, peer);
      return this.perform(doc, write, peer);
    });
    const edits = made.flat();
    try {
      if (edits.length > 0) await this.store(known, edits);
      return made.map((ofOne) => ofOne.map(({ bytes }) => bytes));
    } catch (error) {
      // What is not stored may have been told to others: its clocks and its generation's key are used up.
      this.clients.clear();
      this.pen = newPen(this.parts.clock);
      for (const { reject } of writes) reject(error);
      return undefined;
    }
  }

  private perform(doc: Doc, { account, work, reject }: Write, peer: RestPeer): readonly Edit[] {
    const { actor } = account;
    const edits: Edit[] = [];
    const collect = (bytes: Uint8Array): void => void edits.push({ peer, bytes });
    const ownClient = doc.clientID;
    doc.on('update', collect);
    doc.clientID = this.clientOf(actor);
    try {
      work({ context: () => ({ ...this.pen, actor, nowMs: this.parts.clock.nowMs() }) });
    } catch (error) {
      reject(error);
    } finally {
      doc.clientID = ownClient;
      doc.off('update', collect);
    }
    return edits;
  }

  private async store(known: number, edits: readonly Edit[]): Promise<void> {
    const { rooms, timers } = this.parts;
    const entered = new Map<RestPeer, OpenRoom>();
    try {
      for (const { peer } of edits)
        if (!entered.has(peer)) entered.set(peer, await rooms.enter(this.served, peer));
      for (const { room } of entered.values()) room.checkLog(known);
      for (const { peer, bytes } of edits)
        entered.get(peer)?.room.edit(peer, { bytes, n: peer.nextNumber(), carried: false });
      for (const peer of entered.keys()) peer.end();
      const callOff = timers.after(SAVE_MS, () => {
        for (const peer of entered.keys()) peer.giveUp();
      });
      await Promise.all([...entered.keys()].map(async ({ answers }) => answers)).finally(callOff);
    } finally {
      for (const [peer, room] of entered) rooms.leave(room, peer);
    }
  }

  private clientOf(actor: ActorId): number {
    const client = this.clients.get(actor) ?? randomInt(1, MAX_CLIENT_ID);
    if (this.clients.size >= MAX_CLIENTS) this.clients.clear();
    this.clients.set(actor, client);
    return client;
  }
}

function newPen(clock: Clock): Pick<CommandContext, 'replica' | 'stamps'> {
  const replica = ReplicaId.parse(randomBytes(4).toString('hex'));
  return { replica, stamps: createStampClock(clock, replica) };
}
