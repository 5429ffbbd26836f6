import type { Signal, SignalAnswer } from '#shared/protocol/sync-messages.ts';
import type { FanOut, SignalNews } from './fan-out.ts';
import type { RoomPeer } from './room-peer.ts';
import type { Timers } from './timers.ts';

/** How long an answer is waited for; and how long anybody who shows the wall, when nobody here does. */
const PATIENCE_MS = 10_000;
const ANYBODY_MS = 2_000;
const MAX_WAITING = 500;

type Asked = { readonly peer: RoomPeer; readonly id: string; callOff: () => void };

type SignalParts = {
  readonly fanOut: Pick<FanOut, 'state'>;
  readonly timers: Timers;
  readonly newId: () => string;
  /** For the other instances. */
  readonly publish: (news: SignalNews) => void;
};

/**
 * Takes requests to whoever shows a wall on a screen, on this instance or another, and brings the answers back. Nothing of
 * it is stored or told twice.
 */
export class RoomSignals {
  private readonly outputs = new Set<RoomPeer>();
  private readonly asked = new Map<string, Asked>();
  private readonly parts: SignalParts;

  constructor(parts: SignalParts) {
    this.parts = parts;
  }

  /** Whether a connection shows the wall. */
  show(peer: RoomPeer, shown: boolean): void {
    if (shown) this.outputs.add(peer);
    else this.outputs.delete(peer);
  }

  leave(peer: RoomPeer): void {
    this.outputs.delete(peer);
    for (const [key, asked] of this.asked) if (asked.peer === peer) this.forget(key);
  }

  ask(peer: RoomPeer, signal: Signal): void {
    const { id } = signal;
    const { fanOut, newId, publish } = this.parts;
    const isAlone = fanOut.state() === 'alone';
    if (!peer.mayAsk(signal)) return peer.signalAnswered({ id, outcome: 'forbidden' });
    if (this.asked.size >= MAX_WAITING || (isAlone && this.outputs.size === 0))
      return peer.signalAnswered({ id, outcome: 'no-output' });
    const key = newId();
    const asked: Asked = { peer, id, callOff: () => undefined };
    this.asked.set(key, asked);
    this.wait(key, asked, this.outputs.size === 0 ? ANYBODY_MS : PATIENCE_MS);
    for (const output of this.outputs) output.signalled({ ...signal, id: key });
    if (!isAlone) publish({ type: 'signal', signal: { ...signal, id: key } });
    return undefined;
  }

  /** Somebody who shows the wall has answered. */
  answer(peer: RoomPeer, answer: SignalAnswer): void {
    if (!this.outputs.has(peer) || answer.outcome === 'no-output' || answer.outcome === 'forbidden') return;
    if (!this.bringBack(answer)) this.parts.publish({ type: 'signal-answer', answer });
  }

  hear(news: SignalNews): void {
    if (news.type === 'signal-answer') this.bringBack(news.answer);
    else for (const output of this.outputs) output.signalled(news.signal);
  }

  private bringBack(answer: SignalAnswer): boolean {
    const asked = this.asked.get(answer.id);
    if (asked === undefined) return false;
    if (answer.outcome === 'done') this.forget(answer.id);
    // Another wall that shows the same may still do it.
    else this.wait(answer.id, asked, PATIENCE_MS, false);
    asked.peer.signalAnswered({ ...answer, id: asked.id });
    return true;
  }

  private wait(key: string, asked: Asked, ms: number, tells = true): void {
    asked.callOff();
    asked.callOff = this.parts.timers.after(ms, () => {
      this.asked.delete(key);
      if (tells) asked.peer.signalAnswered({ id: asked.id, outcome: 'no-output' });
    });
  }

  private forget(key: string): void {
    this.asked.get(key)?.callOff();
    this.asked.delete(key);
  }
}
