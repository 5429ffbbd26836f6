import { Map as PersistentMap } from 'immutable';
import type { Stamp } from '../kernel/stamp.ts';
import type { StreamId } from '../model/ids.ts';
import { StreamCode } from '../model/stream.ts';

/** Who wants which code; an empty code is none. */
export type CodeClaim = { readonly id: StreamId; readonly birth: Stamp; readonly code: StreamCode };

/**
 * Which stream is called what. Of two that were given one code apart, the one that was added first keeps it and the other
 * is shown with a digit behind it: the same on every replica, whatever came in first.
 */
export type CodeBook = {
  /** A stream's claim is another now. `undefined` stands for no stream. */
  readonly note: (before: CodeClaim | undefined, after: CodeClaim | undefined) => void;
  /** Decides again; gives the streams that are called otherwise than before without having been noted. */
  readonly refresh: () => ReadonlySet<StreamId>;
  readonly codeOf: (claim: CodeClaim) => StreamCode;
  /** What is shown but not stored, in the order of birth. */
  readonly decided: () => ReadonlyMap<StreamId, StreamCode>;
  /** A snapshot: codes and where they lead. */
  readonly lookup: () => PersistentMap<string, StreamId>;
};

const MAX_CODE_LENGTH = 12;

export function createCodeBook(): CodeBook {
  const claims = new Map<StreamCode, CodeClaim[]>();
  const contested = new Set<StreamCode>();
  const nameless = new Map<StreamId, CodeClaim>();
  let decided: ReadonlyMap<StreamId, StreamCode> = new Map();
  let lookup = PersistentMap<string, StreamId>();
  let isTouched = false;

  const setClaimants = (code: StreamCode, claimants: CodeClaim[]): void => {
    claimants.sort(byBirth);
    const [keeper] = claimants;
    if (keeper === undefined) claims.delete(code);
    else claims.set(code, claimants);
    if (claimants.length > 1) contested.add(code);
    else contested.delete(code);
    lookup = keeper === undefined ? lookup.delete(code) : lookup.set(code, keeper.id);
  };

  return {
    note(before, after) {
      if (before?.code === after?.code && before?.birth === after?.birth) return;
      isTouched = true;
      if (before?.code) {
        const others = claims.get(before.code)?.filter((claim) => claim.id !== before.id);
        setClaimants(before.code, others ?? []);
      } else if (before !== undefined) nameless.delete(before.id);
      if (after?.code) setClaimants(after.code, [...(claims.get(after.code) ?? []), after]);
      else if (after !== undefined) nameless.set(after.id, after);
    },
    refresh() {
      const isSimple = contested.size === 0 && nameless.size === 0 && decided.size === 0;
      if (!isTouched || isSimple) return new Set();
      isTouched = false;
      const was = decided;
      const losers = [...contested].flatMap((code) => claims.get(code)?.slice(1) ?? []);
      decided = decideCodes([...losers, ...nameless.values()], (code) => claims.has(code));
      for (const [id, code] of was)
        if (lookup.get(code) === id && !claims.has(code)) lookup = lookup.delete(code);
      for (const [id, code] of decided) lookup = lookup.set(code, id);
      return new Set([...was.keys(), ...decided.keys()].filter((id) => was.get(id) !== decided.get(id)));
    },
    codeOf: ({ id, code }) => decided.get(id) ?? code,
    decided: () => decided,
    lookup: () => lookup,
  };
}

/** Codes for those that lost theirs or never had one: the first free one, in the order of birth. */
function decideCodes(
  claims: readonly CodeClaim[],
  isTaken: (code: StreamCode) => boolean,
): ReadonlyMap<StreamId, StreamCode> {
  const decided = new Map<StreamId, StreamCode>();
  const given = new Set<StreamCode>();
  /** Where the search for a stem goes on, so that a thousand of one stem do not each start anew. */
  const reached = new Map<string, number>();
  for (const { id, code } of claims.toSorted(byBirth)) {
    const stem = code || stemOf(id);
    let number = reached.get(stem) ?? (code ? 1 : 0);
    let found = numbered(stem, number);
    while (isTaken(found) || given.has(found)) found = numbered(stem, ++number);
    reached.set(stem, number + 1);
    given.add(found);
    decided.set(id, found);
  }
  return decided;
}

function numbered(stem: string, number: number): StreamCode {
  const digits = number === 0 ? '' : String(number);
  return StreamCode.parse(stem.slice(0, MAX_CODE_LENGTH - digits.length) + digits);
}

/** A word for a stream that has none: the beginning of its id. */
function stemOf(id: StreamId): string {
  return `s${id
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .slice(0, 3)}`;
}

function byBirth(a: CodeClaim, b: CodeClaim): number {
  if (a.birth !== b.birth) return a.birth < b.birth ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
