import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { ActorId } from '#shared/model/ids.ts';
import {
  DIALECT_MESSAGE,
  readServerMessage,
  writeServerMessage,
} from '#shared/protocol/sync-message-bytes.ts';
import type { News, SignalNews, ToldPresence, ToldUpdate } from '../documents/fan-out.ts';

const VERSION = 1;
const KINDS = ['updates', 'unsaved', 'presence', 'signal', 'signal-answer'] as const;

/** News as bytes: version, who tells it, kind, and what it says. */
export function writeNews(instance: string, news: News): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeUint8(encoder, VERSION);
  encoding.writeVarString(encoder, instance);
  encoding.writeUint8(encoder, KINDS.indexOf(news.type));
  if (news.type === 'signal' || news.type === 'signal-answer') {
    encoding.writeVarUint8Array(encoder, writeSignal(news));
    return encoding.toUint8Array(encoder);
  }
  if (news.type === 'presence') {
    encoding.writeVarUint(encoder, news.entries.length);
    for (const entry of news.entries) writeEntry(encoder, entry);
    return encoding.toUint8Array(encoder);
  }
  encoding.writeVarUint(encoder, news.type === 'updates' ? news.from : 0);
  encoding.writeVarUint(encoder, news.updates.length);
  for (const { bytes, actor, carried } of news.updates) {
    encoding.writeVarUint8Array(encoder, bytes);
    encoding.writeVarString(encoder, actor);
    encoding.writeUint8(encoder, carried ? 1 : 0);
  }
  return encoding.toUint8Array(encoder);
}

/** @returns undefined for what another version of the program wrote, or nobody */
export function readNews(bytes: Uint8Array): { readonly instance: string; readonly news: News } | undefined {
  try {
    const decoder = decoding.createDecoder(bytes);
    if (decoding.readUint8(decoder) !== VERSION) return undefined;
    const instance = decoding.readVarString(decoder);
    const type = KINDS[decoding.readUint8(decoder)];
    if (type === undefined) return undefined;
    if (type === 'presence') return { instance, news: { type, entries: readList(decoder, readEntry) } };
    if (type === 'signal' || type === 'signal-answer') {
      const signal = readSignal(decoding.readVarUint8Array(decoder));
      return signal?.type === type ? { instance, news: signal } : undefined;
    }
    const from = decoding.readVarUint(decoder);
    const updates = readList(decoder, readUpdate);
    return { instance, news: type === 'updates' ? { type, from, updates } : { type, updates } };
  } catch {
    return undefined;
  }
}

/** As they travel to clients. */
const writeSignal = (news: SignalNews): Uint8Array => writeServerMessage(news);

function readSignal(bytes: Uint8Array): SignalNews | undefined {
  const decoder = decoding.createDecoder(bytes);
  if (decoding.readVarUint(decoder) !== DIALECT_MESSAGE) return undefined;
  const message = readServerMessage(decoder);
  return message?.type === 'signal' || message?.type === 'signal-answer' ? message : undefined;
}

export function writeEntry(encoder: encoding.Encoder, { client, clock, state, actor }: ToldPresence): void {
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
  encoding.writeVarUint8Array(encoder, state);
  encoding.writeVarString(encoder, actor);
}

export function readEntry(decoder: decoding.Decoder): ToldPresence {
  const client = decoding.readVarUint(decoder);
  const clock = decoding.readVarUint(decoder);
  const state = decoding.readVarUint8Array(decoder);
  return { client, clock, state, actor: ActorId.parse(decoding.readVarString(decoder)) };
}

function readUpdate(decoder: decoding.Decoder): ToldUpdate {
  const bytes = decoding.readVarUint8Array(decoder);
  const actor = ActorId.parse(decoding.readVarString(decoder));
  return { bytes, actor, carried: decoding.readUint8(decoder) === 1 };
}

function readList<T>(decoder: decoding.Decoder, read: (decoder: decoding.Decoder) => T): readonly T[] {
  const count = decoding.readVarUint(decoder);
  const list: T[] = [];
  for (let i = 0; i < count; i++) list.push(read(decoder));
  return list;
}
