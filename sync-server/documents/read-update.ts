import * as Y from 'yjs';
import { fail, ok, type Result } from '#shared/kernel/result.ts';

export type UpdateStruct = Y.Item | Y.GC;

/** An update taken apart without touching any document. */
export type ReadUpdate = {
  /** The structs of each client, in the order of their clocks, without gaps; never empty. */
  readonly structs: ReadonlyMap<number, readonly UpdateStruct[]>;
  readonly deletions: ReadonlyMap<number, readonly { readonly clock: number; readonly len: number }[]>;
};

/**
 * Reads a Yjs update (v1) so strictly that what passes means the same to `Y.applyUpdate`: nothing left over, one section
 * a client, no holes. Yjs would read some forgeries in two ways, and allocates by a count that the sender states.
 */
export function readUpdate(bytes: Uint8Array): Result<ReadUpdate, 'malformed'> {
  try {
    const decoded = Y.decodeUpdateV2(bytes, WatchedDecoder);
    const structs = groupByClient(decoded.structs);
    if (structs === undefined || structs.size !== statedSections(bytes)) return fail('malformed');
    if (WatchedDecoder.bytesRead() !== bytes.length) return fail('malformed');
    return ok({ structs, deletions: decoded.ds.clients });
  } catch {
    return fail('malformed');
  }
}

/** A decoder for Yjs of which one can see how far the latest one has read; Yjs makes it, and reads to the end at once. */
class WatchedDecoder extends Y.UpdateDecoderV1 {
  private static latest = { pos: 0 };

  static bytesRead(): number {
    return WatchedDecoder.latest.pos;
  }

  constructor(...args: ConstructorParameters<typeof Y.UpdateDecoderV1>) {
    super(...args);
    WatchedDecoder.latest = args[0];
  }
}

function groupByClient(structs: readonly (UpdateStruct | Y.Skip)[]): Map<number, UpdateStruct[]> | undefined {
  const groups = new Map<number, UpdateStruct[]>();
  for (const struct of structs) {
    if (struct instanceof Y.Skip || struct.length < 1) return undefined;
    const group = groups.get(struct.id.client);
    const last = group?.at(-1);
    if (group === undefined) groups.set(struct.id.client, [struct]);
    else if (last !== undefined && endOf(last) === struct.id.clock) group.push(struct);
    else return undefined;
  }
  return groups;
}

export const endOf = (struct: UpdateStruct): number => struct.id.clock + struct.length;

/** The count of client sections that an update begins with: an unsigned number, seven bits a byte, lowest first. */
function statedSections(bytes: Uint8Array): number {
  let value = 0;
  for (let i = 0, factor = 1; i < Math.min(bytes.length, 8); i++, factor *= 128) {
    const byte = bytes[i] ?? 0;
    value += (byte & 127) * factor;
    if (byte < 128) break;
  }
  return value;
}
