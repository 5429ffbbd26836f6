/** Below so many edits in a turn nothing is gained by waiting. */
const MANY_EDITS = 4;
const GATHER_MS = 1;
/** For so long after a turn of many edits, the next one is expected to have as many. */
const EXPECT_MS = 2;

/** Some of those who are expected may have stopped. */
const ENOUGH_PART = 0.85;

/**
 * When many people write at once, each waits for the answer to the last edit before the next one comes, and all get it at the
 * same time. A turn that begins with the first of these edits would make the others wait for a whole transaction, and cost
 * two where one will do. So it waits for about as many as the last turn had and left waiting, though at most a millisecond or so.
 */
export class TurnPace {
  private expected = 0;
  private lastEndMs = -Infinity;

  /** A turn with so many edits has ended; so many more came meanwhile. */
  ended(edits: number, waiting: number, nowMs: number): void {
    this.expected = edits >= MANY_EDITS ? edits + waiting : 0;
    this.lastEndMs = nowMs;
  }

  /** How long a turn is worth putting off, when so many edits wait for it. */
  waitMs(edits: number, nowMs: number): number {
    const isExpecting = nowMs - this.lastEndMs <= EXPECT_MS;
    return isExpecting && edits < this.expected * ENOUGH_PART ? GATHER_MS : 0;
  }
}
