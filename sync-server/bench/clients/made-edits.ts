import * as Y from 'yjs';
import { markOf } from './seen-board.ts';

/** The edits of one writer in `settings`, made once for all servers: each overwrites the same key, or has one of its own. */
export class MadeEdits {
  private readonly edits: Uint8Array[] = [];
  private readonly doc = new Y.Doc();
  private readonly writer: number;
  private readonly keyOf: (edit: number) => string;

  constructor(writer: number, keyOf = (_edit: number): string => `w${String(writer)}`) {
    this.writer = writer;
    this.keyOf = keyOf;
    this.doc.clientID = 1_000_000 + writer;
    this.doc.on('update', (update: Uint8Array) => this.edits.push(update));
  }

  /** @param edit counts from 1 */
  get(edit: number): Uint8Array {
    while (this.edits.length < edit) {
      const next = this.edits.length + 1;
      this.doc.getMap('settings').set(this.keyOf(next), markOf(this.writer, next));
    }
    return this.edits[edit - 1] ?? new Uint8Array();
  }
}

export type Catalogue = {
  /** The edits that made it, in order. */
  readonly updates: readonly Uint8Array[];
  readonly stateVector: Uint8Array;
  /** Of the whole, encoded. */
  readonly bytes: number;
};

const STREAMS_AN_EDIT = 20;

/** A catalogue as bots fill it: a generation of records with plain fields, some records an edit. */
export function makeCatalogue(streams: number): Catalogue {
  const doc = new Y.Doc();
  doc.clientID = 999_999;
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const generation = new Y.Map<Y.Map<unknown>>();
  doc.getMap('streams').set('2026-01-01#bench', generation);
  for (let first = 0; first < streams; first += STREAMS_AN_EDIT) {
    doc.transact(() => {
      for (let i = first; i < Math.min(streams, first + STREAMS_AN_EDIT); i++) {
        const record = new Y.Map<unknown>();
        generation.set(`stream${String(i).padStart(6, '0')}`, record);
        for (const [field, value] of Object.entries(fieldsOf(i))) record.set(field, value);
      }
    });
  }
  return {
    updates,
    stateVector: Y.encodeStateVector(doc),
    bytes: Y.encodeStateAsUpdate(doc).length,
  };
}

/** A small edit of somebody who was not there before: one more stream. */
export function addStream(): Uint8Array {
  const doc = new Y.Doc();
  const record = new Y.Map<unknown>([['title', 'Just begun']]);
  const generation = new Y.Map<Y.Map<unknown>>([[`stream${String(doc.clientID)}`, record]]);
  doc.getMap('streams').set(`2026-01-02#${String(doc.clientID)}`, generation);
  return Y.encodeStateAsUpdate(doc);
}

/** Which marks the `settings` of a document hold after these updates. */
export function marksAfter(updates: readonly Uint8Array[]): ReadonlySet<string> {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return new Set([...doc.getMap('settings').values()].filter((value) => typeof value === 'string'));
}

const CITIES = ['Minneapolis', 'Portland', 'Los Angeles', 'Oslo', 'New York'];

function fieldsOf(i: number): Record<string, string | number | boolean> {
  return {
    link: `https://www.example.tv/channel-${String(i)}/live?from=catalogue`,
    platform: 'twitch',
    kind: 'video',
    code: `s${String(i)}`,
    title: `Live from corner ${String(i)} of the old town, with sound`,
    source: `channel-${String(i)}`,
    city: CITIES[i % CITIES.length] ?? '',
    region: 'MN',
    latitude: 44.9 + i / 10_000,
    longitude: -93.2 - i / 10_000,
    status: i % 3 === 0 ? 'live' : 'offline',
    statusAt: 1_767_225_600_000 + i,
    statusBy: 'service:stream-status',
    postedBy: `someone${String(i % 40)}`,
    addedAt: 1_767_225_600_000 + i,
  };
}
