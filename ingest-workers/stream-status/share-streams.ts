/**
 * Who of several checkers asks about a stream: the one whose name together with the stream's gives the highest number
 * (rendezvous hashing). All who know the same names agree without a word, and when one comes or goes only its streams move.
 * `checkers` may be in any order; undefined if there are none.
 */
export function ownerOf(stream: string, checkers: readonly string[]): string | undefined {
  let owner: string | undefined;
  let best = -1;
  for (const checker of checkers) {
    const weight = weightOf(stream, checker);
    if (weight > best || (weight === best && owner !== undefined && checker < owner)) {
      best = weight;
      owner = checker;
    }
  }
  return owner;
}

/** 32 bits of both names, well mixed (FNV-1a, then the finisher of MurmurHash3). */
function weightOf(stream: string, checker: string): number {
  let hash = 0x811c9dc5;
  for (const text of [checker, '\u0000', stream])
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
