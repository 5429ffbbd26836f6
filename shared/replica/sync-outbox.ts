import type { UnsavedEdit } from './replica-store.ts';

/** What is sent as one numbered edit: an own one, by the replica's number, or what others made. */
export type Parcel = { readonly update: Uint8Array } & (
  { readonly type: 'own'; readonly edit: number } | { readonly type: 'carry' }
);
export type Sent = { readonly n: number; readonly parcel: Parcel };

type UnderWay = Sent & { readonly isReplaced: boolean };

const MAX_EDITS_UNDER_WAY = 256;
const MAX_BYTES_UNDER_WAY = 4 * 1_048_576;

/**
 * The edits of one document that the server has not saved: those that wait, then those under way, numbered as in this
 * connection. Decides what is sent next and what an answer means; sends nothing itself.
 *
 *     waiting ──take──▶ under way ──saved, refused──▶ gone
 *        ▲                  │
 *        └───held, rewind───┘
 */
export class SyncOutbox {
  private waiting: Parcel[] = [];
  private underWay: UnderWay[] = [];
  private next = 1;
  private isHeld = false;

  /** Own edits that wait or are under way. */
  ownCount(): number {
    const own = this.underWay.filter(({ parcel, isReplaced }) => parcel.type === 'own' && !isReplaced);
    return own.length + this.waiting.filter(({ type }) => type === 'own').length;
  }

  hasCarry(): boolean {
    return [...this.waiting, ...this.underWay.map(({ parcel }) => parcel)].some(
      ({ type }) => type === 'carry',
    );
  }

  isEmpty(): boolean {
    return this.waiting.length === 0 && this.underWay.length === 0;
  }

  /** A new connection: everything is still to be sent, and numbers begin again. `edits` are all that are unsaved. */
  begin(edits: readonly UnsavedEdit[]): void {
    this.waiting = edits.map(toParcel);
    this.underWay = [];
    this.next = 1;
    this.isHeld = false;
  }

  /** The bytes of what waits of the own edits. */
  waitingUpdates(): readonly Uint8Array[] {
    return this.waiting.filter(({ type }) => type === 'own').map(({ update }) => update);
  }

  add(edits: readonly UnsavedEdit[]): void {
    this.waiting.push(...edits.map(toParcel));
  }

  /** These are all that is unsaved now; what is under way is answered all the same. */
  replace(edits: readonly UnsavedEdit[]): void {
    this.underWay = this.underWay.map((sent) => ({ ...sent, isReplaced: sent.parcel.type === 'own' }));
    this.waiting = [...this.waiting.filter(({ type }) => type === 'carry'), ...edits.map(toParcel)];
  }

  /** What others made goes before everything that may build on it. */
  carry(update: Uint8Array): void {
    this.waiting.unshift({ type: 'carry', update });
  }

  /** What can be sent now; it counts as under way from here on. */
  take(): readonly Sent[] {
    const taken: Sent[] = [];
    let bytes = this.underWay.reduce((sum, { parcel }) => sum + parcel.update.length, 0);
    while (!this.isHeld && this.underWay.length < MAX_EDITS_UNDER_WAY && bytes < MAX_BYTES_UNDER_WAY) {
      const parcel = this.waiting.shift();
      if (parcel === undefined) break;
      const sent = { n: this.next, parcel };
      this.next += 1;
      bytes += parcel.update.length;
      this.underWay.push({ ...sent, isReplaced: false });
      taken.push(sent);
    }
    return taken;
  }

  /** The server has stored all up to `n`. @returns which own edits these are, in order */
  saved(n: number): readonly number[] {
    return this.drop(n).flatMap(({ parcel }) => (parcel.type === 'own' ? [parcel.edit] : []));
  }

  /** @returns what was refused; undefined when the server speaks of something that was not sent */
  refused(n: number): Parcel | undefined {
    const [first] = this.underWay;
    if (first?.n !== n) return undefined;
    this.drop(n);
    return first.parcel;
  }

  /** The server did not take `n`, nor what came after it: they wait again, until `goOn`. @returns what was held first */
  held(n: number): Parcel | undefined {
    const back = this.underWay.filter((sent) => sent.n >= n);
    this.underWay = this.underWay.filter((sent) => sent.n < n);
    this.waiting.unshift(...back.filter(({ isReplaced }) => !isReplaced).map(({ parcel }) => parcel));
    this.next = n;
    this.isHeld = true;
    return back[0]?.parcel;
  }

  /** Whether it waits for `goOn`. */
  isHolding(): boolean {
    return this.isHeld;
  }

  goOn(): void {
    this.isHeld = false;
  }

  /** What others made is not sent after all. */
  dropCarry(): void {
    this.waiting = this.waiting.filter(({ type }) => type !== 'carry');
  }

  private drop(n: number): readonly UnderWay[] {
    const gone = this.underWay.filter((sent) => sent.n <= n);
    this.underWay = this.underWay.filter((sent) => sent.n > n);
    return gone;
  }
}

const toParcel = ({ n, bytes }: UnsavedEdit): Parcel => ({ type: 'own', edit: n, update: bytes });
