/** The first of these that fit into so many bytes as JSON: what a program shows of itself has a limit. */
export function takeFitting<T>(items: readonly T[], maxBytes: number): readonly T[] {
  let bytes = 0;
  const tooMuch = items.findIndex((item) => {
    bytes += Buffer.byteLength(JSON.stringify(item)) + 1;
    return bytes > maxBytes;
  });
  return tooMuch < 0 ? items : items.slice(0, tooMuch);
}
