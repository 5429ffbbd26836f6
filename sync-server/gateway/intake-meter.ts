import type { ConnectionLimits } from './connection-parts.ts';
import { RateMeter } from './rate-meter.ts';

/** How much one connection sends, and how much of that still waits for its turn. */
export class IntakeMeter {
  private unanswered = 0;
  private readonly messages: RateMeter;
  private readonly bytes: RateMeter;
  private readonly questions: RateMeter;
  private readonly maxUnansweredBytes: number;

  constructor(limits: ConnectionLimits, nowMs: number) {
    this.messages = new RateMeter(limits.messages, nowMs);
    this.bytes = new RateMeter(limits.bytes, nowMs);
    this.questions = new RateMeter(limits.questions, nowMs);
    this.maxUnansweredBytes = limits.maxUnansweredBytes;
  }

  /** @returns whether one more message of this length may be taken */
  takeMessage(bytes: number, nowMs: number): boolean {
    return this.messages.take(1, nowMs) && this.bytes.take(bytes, nowMs);
  }

  takeQuestion(nowMs: number): boolean {
    return this.questions.take(1, nowMs);
  }

  /** An edit begins to wait, or, with a negative number, does so no more. */
  wait(bytes: number): void {
    this.unanswered += bytes;
  }

  /** Whether so much waits that no more should be read. */
  isFull(): boolean {
    return this.unanswered > this.maxUnansweredBytes;
  }
}
