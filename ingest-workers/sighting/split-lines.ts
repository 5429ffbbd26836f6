/**
 * Cuts a stream of text into lines, without their ends. A line of more than `maxLength` characters is answered as
 * undefined, and never held as a whole.
 */
export async function* splitLines(
  chunks: AsyncIterable<string>,
  maxLength: number,
): AsyncGenerator<string | undefined> {
  let rest = '';
  let isTooLong = false;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', from)) {
      const line = rest + chunk.slice(from, end);
      yield isTooLong || line.length > maxLength ? undefined : line.replace(/\r$/, '');
      rest = '';
      isTooLong = false;
      from = end + 1;
    }
    rest += chunk.slice(from);
    if (rest.length <= maxLength) continue;
    isTooLong = true;
    rest = '';
  }
  if (isTooLong) yield undefined;
  else if (rest !== '') yield rest.replace(/\r$/, '');
}
