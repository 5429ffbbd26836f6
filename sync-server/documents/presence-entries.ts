import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** What one client says of itself, as y-protocols' awareness sends it. */
export type PresenceEntry = {
  readonly client: number;
  readonly clock: number;
  /** JSON in UTF-8; `null` when it is gone. */
  readonly state: Uint8Array;
};

export const GONE: Uint8Array = new TextEncoder().encode('null');

export const isGone = (state: Uint8Array): boolean =>
  state.length === GONE.length && GONE.every((byte, i) => state[i] === byte);

/** @returns undefined when the bytes are no awareness update. States are not looked into yet. */
export function readPresence(bytes: Uint8Array): readonly PresenceEntry[] | undefined {
  try {
    const decoder = decoding.createDecoder(bytes);
    const count = decoding.readVarUint(decoder);
    const entries: PresenceEntry[] = [];
    for (let i = 0; i < count; i++) {
      const client = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      entries.push({ client, clock, state: decoding.readVarUint8Array(decoder) });
    }
    return decoding.hasContent(decoder) ? undefined : entries;
  } catch {
    return undefined;
  }
}

export function writePresence(entries: readonly PresenceEntry[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, entries.length);
  for (const { client, clock, state } of entries) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarUint8Array(encoder, state);
  }
  return encoding.toUint8Array(encoder);
}

/** Whether every client can read this state: an object, or `null`. */
export function isPresenceState(state: Uint8Array): boolean {
  try {
    return typeof JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(state)) === 'object';
  } catch {
    return false;
  }
}
