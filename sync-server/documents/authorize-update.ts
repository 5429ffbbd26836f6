import * as Y from 'yjs';
import { mapsBelow, type RootShape } from '#shared/document/document-shape.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { isMap, placeInDocument, placeInside, type Place } from './item-place.ts';
import { isPlainValue } from './plain-value.ts';
import { endOf, readUpdate, type ReadUpdate, type UpdateStruct } from './read-update.ts';

/** What a writer may do in one document. */
export type WritePolicy = {
  readonly roots: Readonly<Record<string, RootShape>>;
  readonly writable: ReadonlySet<string>;
  readonly maxUpdateBytes: number;
  /** A field of the records of a root whose new values are wanted. */
  readonly watched?: { readonly root: string; readonly field: string } | undefined;
};

export type Authorized = {
  /** Roots that are changed, deletions included. Empty when nothing is new, or only what becomes nothing. */
  readonly roots: ReadonlySet<string>;
  /** The clocks of each Yjs client id that the document does not have yet. */
  readonly newClocks: ReadonlyMap<number, { readonly from: number; readonly to: number }>;
  /** What is written into the field that is watched. */
  readonly written: readonly unknown[];
};

/** Why an update is not applied. Sending the same bytes again can only help after `missing-dependency`. */
export type UpdateRefusal = FinalUpdateRefusal | { readonly reason: 'missing-dependency' };
export type FinalUpdateRefusal =
  | { readonly reason: 'malformed' | 'too-large' | 'cyclic' | 'future-deletion' | 'foreign-content' }
  | { readonly reason: 'unknown-root'; readonly root: string }
  /** Without a root: nothing in this document may be written. */
  | { readonly reason: 'forbidden-root'; readonly root?: string };

/**
 * Decides whether an update may be applied to a document, before it is. What passes can be applied whole: every
 * dependency is there, nothing is left pending, and nothing but plain values and the maps of the document's shape arises.
 * @param doc the document as it stands, with nothing pending; it is only read
 * @param bytes a Yjs update, v1
 */
export function authorizeUpdate(
  doc: Y.Doc,
  bytes: Uint8Array,
  policy: WritePolicy,
): Result<Authorized, UpdateRefusal> {
  if (bytes.length > policy.maxUpdateBytes) return fail({ reason: 'too-large' });
  const read = readUpdate(bytes);
  if (!read.ok) return fail({ reason: read.error });
  const check = new UpdateCheck(doc, read.value, policy);
  const refusal = check.walkStructs() ?? check.walkDeletions();
  if (refusal !== undefined) return fail(refusal);
  const { roots, newClocks, written } = check;
  // What becomes nothing is kept all the same, and uses up the clocks of whoever it was made under.
  if (newClocks.size > 0 && policy.writable.size === 0) return fail({ reason: 'forbidden-root' });
  return ok({ roots, newClocks, written });
}

type Blocked = { readonly on: number; readonly clock: number };

class UpdateCheck {
  readonly roots = new Set<string>();
  readonly newClocks = new Map<number, { from: number; to: number }>();
  readonly written: unknown[] = [];
  /** Where the update's own items stand, for later ones that refer to them. */
  private readonly places = new Map<UpdateStruct, Place>();
  /** Under which field each of the update's own items stands, where that is watched. */
  private readonly fields = new Map<UpdateStruct, string | null>();
  /** How many of each client's structs have been looked at. */
  private readonly cursors = new Map<number, number>();

  private readonly doc: Y.Doc;
  private readonly update: ReadUpdate;
  private readonly policy: WritePolicy;

  constructor(doc: Y.Doc, update: ReadUpdate, policy: WritePolicy) {
    this.doc = doc;
    this.update = update;
    this.policy = policy;
  }

  /** Looks at the structs in an order in which each finds what it depends on, as Yjs will integrate them. */
  walkStructs(): UpdateRefusal | undefined {
    for (const [client, structs] of this.update.structs) {
      const refusal = this.noteClocks(client, structs);
      if (refusal !== undefined) return refusal;
    }
    const ready = [...this.update.structs.keys()];
    const waiting = new Map<number, { client: number; clock: number }[]>();
    for (let client = ready.pop(); client !== undefined; client = ready.pop()) {
      const outcome = this.advance(client);
      if (outcome !== undefined && 'reason' in outcome) return outcome;
      if (outcome !== undefined) {
        if (outcome.clock >= this.finalClock(outcome.on)) return { reason: 'missing-dependency' };
        waiting.set(outcome.on, [...(waiting.get(outcome.on) ?? []), { client, clock: outcome.clock }]);
      }
      const waiters = waiting.get(client) ?? [];
      const reached = this.reachedClock(client);
      ready.push(...waiters.filter((waiter) => waiter.clock < reached).map((waiter) => waiter.client));
      waiting.set(
        client,
        waiters.filter((waiter) => waiter.clock >= reached),
      );
    }
    return [...waiting.values()].some((waiters) => waiters.length > 0) ? { reason: 'cyclic' } : undefined;
  }

  /** What is deleted must be there, and only what is not deleted yet needs authority. */
  walkDeletions(): UpdateRefusal | undefined {
    for (const [client, ranges] of this.update.deletions) {
      const structs = this.doc.store.clients.get(client) ?? [];
      const known = Y.getState(this.doc.store, client);
      for (const { clock, len } of ranges) {
        const end = clock + len;
        if (len < 1) return { reason: 'malformed' };
        if (end > this.finalClock(client)) return { reason: 'future-deletion' };
        if (clock >= known) continue;
        for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
          const struct = structs[i];
          if (struct === undefined || struct.id.clock >= end) break;
          if (struct.deleted) continue;
          const refusal = this.touch(placeInDocument(struct));
          if (refusal !== undefined) return refusal;
        }
      }
    }
    return undefined;
  }

  private noteClocks(client: number, structs: readonly UpdateStruct[]): UpdateRefusal | undefined {
    const known = Y.getState(this.doc.store, client);
    const [first] = structs;
    if (first !== undefined && first.id.clock > known) return { reason: 'missing-dependency' };
    this.cursors.set(client, 0);
    const to = this.finalClock(client);
    if (to > known) this.newClocks.set(client, { from: known, to });
    return undefined;
  }

  private advance(client: number): UpdateRefusal | Blocked | undefined {
    const structs = this.update.structs.get(client) ?? [];
    const known = Y.getState(this.doc.store, client);
    for (let i = this.cursors.get(client) ?? 0; i < structs.length; i++) {
      this.cursors.set(client, i);
      const struct = structs[i];
      if (!(struct instanceof Y.Item)) continue;
      const outcome =
        this.blockedOn(struct) ?? (endOf(struct) > known ? this.checkItem(struct) : this.checkKnown(struct));
      if (outcome !== undefined) return outcome;
    }
    this.cursors.set(client, structs.length);
    return undefined;
  }

  private blockedOn(item: Y.Item): Blocked | undefined {
    const parent: unknown = item.parent;
    for (const id of [item.origin, item.rightOrigin, parent instanceof Y.ID ? parent : null]) {
      if (id !== null && id.clock >= this.reachedClock(id.client)) return { on: id.client, clock: id.clock };
    }
    return undefined;
  }

  /** Yjs looks up even the root of an item that it then leaves aside, and would create it. */
  private checkKnown(item: Y.Item): UpdateRefusal | undefined {
    const parent: unknown = item.parent;
    if (typeof parent !== 'string' || Object.hasOwn(this.policy.roots, parent)) return undefined;
    return { reason: 'unknown-root', root: parent };
  }

  private checkItem(item: Y.Item): UpdateRefusal | undefined {
    const place = this.placeOfNew(item);
    if (place === undefined) return { reason: 'foreign-content' };
    this.places.set(item, place);
    if (place === 'nothing') return undefined;
    const shape = ownValue(this.policy.roots, place.root);
    if (shape === undefined) return { reason: 'unknown-root', root: place.root };
    if (!fits(item, place.depth, mapsBelow(shape))) return { reason: 'foreign-content' };
    if (!this.goesOnWhereItBegan(item)) return { reason: 'malformed' };
    this.watch(item, place);
    return this.touch(place);
  }

  /**
   * Of an item whose beginning is known Yjs hangs the rest behind that, wherever the item says that it stands: where that
   * is emptied or stands elsewhere, it fails halfway or removes what stands there.
   */
  private goesOnWhereItBegan(item: Y.Item): boolean {
    const known = Y.getState(this.doc.store, item.id.client);
    if (item.id.clock >= known) return true;
    const begun = Y.getItem(this.doc.store, Y.createID(item.id.client, known - 1));
    const left = item.origin === null ? item : this.find(item.origin);
    if (!(begun instanceof Y.Item) || !(left instanceof Y.Item) || begun.parentSub !== left.parentSub)
      return false;
    return begun.parent === this.mapAround(left);
  }

  /** The map of the document that an item stands in; undefined when it is none of the document's yet. */
  private mapAround({ parent: stated }: Y.Item): unknown {
    const parent: unknown = stated;
    if (typeof parent === 'string') return this.doc.share.get(parent);
    if (!(parent instanceof Y.ID)) return parent;
    const map = this.find(parent);
    return map instanceof Y.Item && map.content instanceof Y.ContentType ? map.content.type : undefined;
  }

  private watch(item: Y.Item, { root, depth }: Exclude<Place, 'nothing'>): void {
    const { watched } = this.policy;
    if (root !== watched?.root || depth !== RECORD_DEPTH) return;
    // What takes another's place is written without its field's name, which is the other's.
    const left = item.origin === null ? undefined : this.find(item.origin);
    const field = left instanceof Y.Item ? (this.fields.get(left) ?? left.parentSub) : item.parentSub;
    this.fields.set(item, field);
    if (field === watched.field && item.content instanceof Y.ContentAny)
      this.written.push(item.content.arr[0]);
  }

  /** Undefined: an item that no map of ours can hold. */
  private placeOfNew(item: Y.Item): Place | undefined {
    if (item.rightOrigin !== null) return undefined;
    if (item.origin !== null) {
      const left = this.find(item.origin);
      return this.placeOf(left);
    }
    if (item.parentSub === null) return undefined;
    const parent: unknown = item.parent;
    if (typeof parent === 'string') return { root: parent, depth: 0 };
    if (!(parent instanceof Y.ID)) return undefined;
    const map = this.find(parent);
    return placeInside(map, this.placeOf(map));
  }

  private placeOf(struct: UpdateStruct): Place {
    if (!(struct instanceof Y.Item)) return 'nothing';
    return this.places.get(struct) ?? placeInDocument(struct);
  }

  /** An item that has been reached: the document's own where it has one, as Yjs would choose. */
  private find(id: Y.ID): UpdateStruct {
    if (id.clock < Y.getState(this.doc.store, id.client)) return Y.getItem(this.doc.store, id);
    const structs = this.update.structs.get(id.client) ?? [];
    let low = 0;
    let high = structs.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      const struct = structs[middle];
      if (struct !== undefined && endOf(struct) <= id.clock) low = middle + 1;
      else high = middle;
    }
    const found = structs[low];
    if (found === undefined) throw new Error('looked up an item that was not reached');
    return found;
  }

  private touch(place: Place): UpdateRefusal | undefined {
    if (place === 'nothing') return undefined;
    this.roots.add(place.root);
    return this.policy.writable.has(place.root) ? undefined : { reason: 'forbidden-root', root: place.root };
  }

  /** Up to where a client's clocks are there, counting what was looked at of the update. */
  private reachedClock(client: number): number {
    const known = Y.getState(this.doc.store, client);
    const last = this.update.structs.get(client)?.[(this.cursors.get(client) ?? 0) - 1];
    return last === undefined ? known : Math.max(known, endOf(last));
  }

  /** Up to where a client's clocks will be there when the update is applied. */
  private finalClock(client: number): number {
    const known = Y.getState(this.doc.store, client);
    const last = this.update.structs.get(client)?.at(-1);
    return last === undefined ? known : Math.max(known, endOf(last));
  }
}

/** In which map below a root of records their fields stand: inside a generation, inside a record. */
const RECORD_DEPTH = 2;

/** Whether an item may stand inside `depth` maps of a root that holds `maps` levels of maps. */
function fits(item: Y.Item, depth: number, maps: number): boolean {
  if (item.content instanceof Y.ContentDeleted) return true;
  if (isMap(item)) return depth < maps;
  if (!(item.content instanceof Y.ContentAny) || item.length !== 1) return false;
  const allowed = maps === 0 ? depth === 0 : depth >= 1;
  return allowed && isPlainValue(item.content.arr[0]);
}

const ownValue = <V>(record: Readonly<Record<string, V>>, key: string): V | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;
