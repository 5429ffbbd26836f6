import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { ActorId } from '#shared/model/ids.ts';
import type { NewUpdate } from '../documents/update-log.ts';

/** Updates of one document that were stored together, under `before + 1` and the numbers after it. */
export type JournalEntry = {
  readonly document: string;
  readonly before: number;
  readonly atMs: number;
  readonly updates: readonly NewUpdate[];
};

export function writeEntries(entries: readonly JournalEntry[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, entries.length);
  for (const { document, before, atMs, updates } of entries) {
    encoding.writeVarString(encoder, document);
    encoding.writeVarUint(encoder, before);
    encoding.writeVarUint(encoder, atMs);
    encoding.writeVarUint(encoder, updates.length);
    for (const update of updates) writeUpdate(encoder, update);
  }
  return encoding.toUint8Array(encoder);
}

/** @throws when the bytes are not what `writeEntries` made */
export function readEntries(bytes: Uint8Array): readonly JournalEntry[] {
  const decoder = decoding.createDecoder(bytes);
  return readList(decoder, () => ({
    document: decoding.readVarString(decoder),
    before: decoding.readVarUint(decoder),
    atMs: decoding.readVarUint(decoder),
    updates: readList(decoder, () => readUpdate(decoder)),
  }));
}

function writeUpdate(encoder: encoding.Encoder, { bytes, actor, carried, claims }: NewUpdate): void {
  encoding.writeVarString(encoder, actor);
  encoding.writeUint8(encoder, carried ? 1 : 0);
  encoding.writeVarUint(encoder, claims.length);
  for (const client of claims) encoding.writeVarUint(encoder, client);
  encoding.writeVarUint8Array(encoder, bytes);
}

function readUpdate(decoder: decoding.Decoder): NewUpdate {
  const actor = ActorId.parse(decoding.readVarString(decoder));
  const carried = decoding.readUint8(decoder) === 1;
  const claims = readList(decoder, () => decoding.readVarUint(decoder));
  return { actor, carried, claims, bytes: decoding.readVarUint8Array(decoder) };
}

function readList<T>(decoder: decoding.Decoder, readOne: () => T): readonly T[] {
  const count = decoding.readVarUint(decoder);
  const list: T[] = [];
  for (let i = 0; i < count; i++) list.push(readOne());
  return list;
}
