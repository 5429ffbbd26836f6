import * as Y from 'yjs';
import { answerMissing, tellUpdate } from './room-frames.ts';

/** Beyond this part of its base (and some bytes), the updates since are encoded into a new base for the next who joins. */
const STALE_PART = 0.2;
const STALE_BYTES = 16_384;
/** How many different lacks are remembered with their answers; a storm of reconnects shares few. */
const REMEMBERED_ANSWERS = 64;
/** Who has less than this part of a document is sent all of it: that is encoded once for everybody. */
const WORTH_A_DIFFERENCE = 0.5;

const NOTHING_MISSING = answerMissing(Y.encodeStateAsUpdate(new Y.Doc()));

/**
 * What somebody who joins is sent, as frames. Encoding a large document takes tens of milliseconds, so that it is done
 * once and not once a client: a base, and the updates since as they were stored.
 */
export class EncodedState {
  private base: Uint8Array | undefined;
  private since: Uint8Array[] = [];
  private sinceBytes = 0;
  private readonly answers = new Map<string, Uint8Array>();
  private readonly doc: Y.Doc;

  constructor(doc: Y.Doc) {
    this.doc = doc;
  }

  /** To be called with each update that was applied to the document, in order. */
  add(update: Uint8Array): void {
    this.answers.clear();
    if (this.base === undefined) return;
    this.since.push(tellUpdate(update));
    this.sinceBytes += update.length;
    if (this.sinceBytes > STALE_BYTES + this.base.length * STALE_PART) this.forget();
  }

  /**
   * The frames that bring a client up to date. The answer to its question comes last: clients take it for the sign that
   * everything is there.
   * @param stateVector what the client has. @throws when it cannot be read
   */
  answer(stateVector: Uint8Array): readonly Uint8Array[] {
    const { covered, lack } = compare(Y.decodeStateVector(stateVector), this.doc.store);
    if (covered < WORTH_A_DIFFERENCE) return this.whole();
    const known = this.answers.get(lack);
    if (known !== undefined) return [known];
    const answer = answerMissing(Y.encodeStateAsUpdate(this.doc, stateVector));
    if (this.answers.size >= REMEMBERED_ANSWERS) this.answers.clear();
    this.answers.set(lack, answer);
    return [answer];
  }

  private whole(): readonly Uint8Array[] {
    this.base ??= tellUpdate(Y.encodeStateAsUpdate(this.doc));
    if (this.since.length > 1) this.since = [Buffer.concat(this.since)];
    return [this.base, ...this.since, NOTHING_MISSING];
  }

  private forget(): void {
    this.base = undefined;
    this.since = [];
    this.sinceBytes = 0;
  }
}

/** Which part of a document somebody has, and a name for what they lack; what they have beyond it does not matter. */
function compare(
  theirs: ReadonlyMap<number, number>,
  store: Y.Doc['store'],
): { covered: number; lack: string } {
  let all = 0;
  let have = 0;
  const lack: string[] = [];
  for (const client of store.clients.keys()) {
    const ours = Y.getState(store, client);
    const known = Math.min(ours, theirs.get(client) ?? 0);
    all += ours;
    have += known;
    if (known < ours) lack.push(`${String(client)}:${String(known)}`);
  }
  return { covered: all === 0 ? 0 : have / all, lack: lack.join() };
}
