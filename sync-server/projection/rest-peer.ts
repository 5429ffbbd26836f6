import type { ActorId } from '#shared/model/ids.ts';
import type { HeldReason } from '#shared/protocol/sync-messages.ts';
import { decideAccess, type Account } from '../accounts/access.ts';
import type { ServedDocument } from '../documents/document-name.ts';
import type { EditAnswer, EditRefusal, FinalRefusal, RoomPeer } from '../documents/room-peer.ts';
import { LogUnavailable } from '../documents/update-log.ts';

/** The document did not take an edit, and will not. */
export class EditRefused extends Error {
  override readonly name = 'EditRefused';
  readonly refusal: FinalRefusal;

  constructor(refusal: FinalRefusal) {
    super(`the edit was refused: ${refusal.reason}`);
    this.refusal = refusal;
  }
}

/** The document takes it another time. */
export class EditHeld extends LogUnavailable {
  readonly reason: HeldReason;

  constructor(reason: HeldReason) {
    super(`an edit is held: ${reason}`);
    this.reason = reason;
  }
}

/**
 * Somebody who edits over HTTP, as a room sees them: a few numbered edits, then they leave again.
 *
 *     waiting ──saved all──▶ done;  ──refused, held, lost or given up──▶ failed
 */
export class RestPeer implements RoomPeer {
  readonly actor: ActorId;
  readonly isNumbered = true;
  /** Over HTTP each stream is judged before it is written, and what is in the archive can be changed and comes back. */
  readonly choosesPlatforms = true;
  readonly answers: Promise<void>;
  private readonly account: Account;
  private readonly served: ServedDocument;
  private sent = 0;
  private saved = 0;
  private isClosed = false;
  private resolve: () => void = () => undefined;
  private reject: (error: unknown) => void = () => undefined;

  constructor(account: Account, served: ServedDocument) {
    this.account = account;
    this.served = served;
    this.actor = account.actor;
    this.answers = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    // Whoever waits is told; nobody may be waiting yet.
    this.answers.catch(() => undefined);
  }

  /** The number of the next edit. */
  nextNumber(): number {
    return ++this.sent;
  }

  /** Nothing more is sent. */
  end(): void {
    this.isClosed = true;
    if (this.saved === this.sent) this.resolve();
  }

  giveUp(): void {
    this.reject(new LogUnavailable('an edit was not saved in time'));
  }

  writable(): ReadonlySet<string> {
    return decideAccess(this.account, this.served).writable;
  }

  mayCarry(): boolean {
    return false;
  }

  answered(answers: readonly EditAnswer[]): void {
    for (const answer of answers) {
      if (answer.type === 'refused') this.reject(new EditRefused(answer.refusal));
      else this.saved += 1;
    }
    if (this.isClosed && this.saved === this.sent) this.resolve();
  }

  held(_n: number, reason: HeldReason): void {
    this.reject(new EditHeld(reason));
  }

  refused(refusal: EditRefusal): void {
    this.reject(new Error(`an edit went astray: ${refusal.reason}`));
  }

  lost(): void {
    this.reject(new LogUnavailable('the room was given up'));
  }

  send(): void {
    // It reads what is stored from the log.
  }

  taken(): void {
    // It sends no more than one turn's edits.
  }

  mayAsk(): boolean {
    return false;
  }

  signalled(): void {
    // It shows no wall.
  }

  signalAnswered(): void {
    // It asks for nothing.
  }
}
