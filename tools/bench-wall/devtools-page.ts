import { z } from 'zod';

/** A page of a running Electron, reached over its debugging port. Nothing is attached but for the length of a question. */
export type DevtoolsPage = { readonly url: string; readonly socket: string };

const Pages = z.array(z.object({ url: z.string(), webSocketDebuggerUrl: z.string() }));

/** What Chromium answers to `Runtime.evaluate`. */
const Answer = z.object({
  id: z.literal(1),
  error: z.unknown().optional(),
  result: z
    .object({ result: z.object({ value: z.unknown().optional() }), exceptionDetails: z.unknown().optional() })
    .optional(),
});

const ANSWER_MS = 20_000;

/** Finds the line in which Chromium says where its debugging port is. */
export function findDevtoolsPort(printed: string): number | undefined {
  const port = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//.exec(printed)?.[1];
  return port === undefined ? undefined : Number(port);
}

/** The pages that are there now: windows and views alike. */
export async function listPages(port: number): Promise<readonly DevtoolsPage[]> {
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`, {
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  return Pages.parse(await answer.json()).map((page) => ({
    url: page.url,
    socket: page.webSocketDebuggerUrl,
  }));
}

/**
 * Evaluates an expression in the page and waits for what it promises.
 * @returns the value, which is not checked
 * @throws Error when the page is gone, does not answer, or the expression throws
 */
export async function evaluateIn({ url, socket }: DevtoolsPage, expression: string): Promise<unknown> {
  const line = new WebSocket(socket);
  try {
    return await new Promise<unknown>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${url} does not answer`)), ANSWER_MS);
      const settle = (end: () => void) => {
        clearTimeout(timer);
        end();
      };
      const params = { expression, awaitPromise: true, returnByValue: true };
      line.onopen = () => line.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }));
      line.onclose = line.onerror = () => settle(() => reject(new Error(`${url} is gone`)));
      line.onmessage = ({ data }) => {
        const answer = Answer.safeParse(JSON.parse(String(data)));
        if (!answer.success) return;
        const { error, result } = answer.data;
        const thrown = error ?? result?.exceptionDetails;
        if (thrown === undefined) settle(() => resolve(result?.result.value));
        else settle(() => reject(new Error(`${url}: ${JSON.stringify(thrown)}`)));
      };
    });
  } finally {
    line.close();
  }
}
