import { expect, it } from 'vitest';
import { readShortText } from './read-short-text.ts';

it('a short answer is read whole, wherever it is cut', async () => {
  const bytes = new TextEncoder().encode('v=0 für');
  const body = new ReadableStream<Uint8Array>({
    start: (to) => {
      for (const byte of bytes) to.enqueue(Uint8Array.of(byte));
      to.close();
    },
  });
  expect(await readShortText(new Response(body), 100)).toBe('v=0 für');
  expect(await readShortText(new Response(null), 100)).toBe('');
});

it('an answer without end is not read on', async () => {
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (to) => {
      sent += 10;
      to.enqueue(new Uint8Array(10));
    },
  });
  expect(await readShortText(new Response(body), 100)).toBeNull();
  expect(sent).toBeLessThan(200);
});
