import { fail, ok, type Result } from '#shared/kernel/result.ts';

const TIMEOUT_MS = 20_000;
const MAX_BYTES = 32 * 1024 * 1024;

/** What stands at an address, or why it cannot be had, as a sentence. Never waits for long, never takes in too much. */
export async function fetchList(web: typeof fetch, url: string): Promise<Result<string, string>> {
  try {
    const answer = await web(url, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { accept: 'application/json' },
    });
    if (!answer.ok) {
      await answer.body?.cancel();
      return fail(`The address answers with an error: ${String(answer.status)}.`);
    }
    return await readBounded(answer);
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    return fail(isLate ? 'The address did not answer within 20 seconds.' : 'The address cannot be reached.');
  }
}

async function readBounded(answer: Response): Promise<Result<string, string>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = answer.body?.getReader();
  for (;;) {
    const part = await reader?.read();
    if (part?.value === undefined) break;
    bytes += part.value.byteLength;
    if (bytes > MAX_BYTES) {
      await reader?.cancel();
      return fail('The list is larger than 32 MB.');
    }
    chunks.push(part.value);
  }
  return ok(Buffer.concat(chunks).toString('utf8'));
}
