/** How many Yjs client ids a connection's refused edits are remembered under. */
const MAX_REFUSED_CLIENTS = 1_000;

/**
 * What a room remembers of one connection. Numbered edits come in order; once one is held, what was under way behind it
 * is dropped until it comes again:
 *
 *     taking ──n, n+1, …──▶ taking ──held n──▶ dropping ──n again──▶ taking
 */
export class PeerNotes {
  /** Whether it was asked for what the server lacks. */
  asked = false;
  /** Counts the times that its edits were held: those that waited then are of an earlier round. */
  round = 0;
  private readonly refusedClients = new Set<number>();
  private last = 0;
  private heldAt: number | undefined;

  /** Looks at an edit's number as it comes in. */
  admit(n: number | undefined): 'take' | 'drop' | 'out-of-order' {
    if (n === undefined) return 'take';
    if (n === this.heldAt) {
      this.heldAt = undefined;
      this.last = n;
      return 'take';
    }
    if (n !== this.last + 1) return 'out-of-order';
    this.last = n;
    return this.heldAt === undefined ? 'take' : 'drop';
  }

  /** What comes after this one, and what came after it and still waits, is dropped until it comes again. */
  hold(n: number): void {
    this.heldAt = n;
    this.round += 1;
  }

  noteRefused(clients: Iterable<number>): void {
    for (const client of clients) {
      if (this.refusedClients.size < MAX_REFUSED_CLIENTS) this.refusedClients.add(client);
    }
  }

  /** Whether something under one of these Yjs client ids was refused before. */
  refusedBefore(clients: readonly number[]): boolean {
    return clients.some((client) => this.refusedClients.has(client));
  }
}
