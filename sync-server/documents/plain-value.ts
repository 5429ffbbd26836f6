/** How deep plain values may nest inside one another. */
const MAX_DEPTH = 8;

/**
 * Whether a value is what a document may hold under a key: null, booleans, finite numbers, strings, and arrays and
 * objects of these, at most 8 deep. Not `undefined`, big integers or bytes, which Yjs would carry too.
 */
export function isPlainValue(value: unknown, depth = 0): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth >= MAX_DEPTH || value instanceof Uint8Array) return false;
  return Object.values(value).every((member) => isPlainValue(member, depth + 1));
}
