/** A page of a running Electron, reached over its debugging port. Nothing is attached but for the length of a question. */
export type DevtoolsPage = { readonly url: string; readonly socket: string };

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
  const found: unknown = await answer.json();
  if (!Array.isArray(found)) throw new Error('the debugging port gave no list of pages');
  return found.flatMap((each: unknown): DevtoolsPage[] => {
    const url = field(each, 'url');
    const socket = field(each, 'webSocketDebuggerUrl');
    return typeof url === 'string' && typeof socket === 'string' ? [{ url, socket }] : [];
  });
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
        const message: unknown = JSON.parse(String(data));
        if (field(message, 'id') !== 1) return;
        const result = field(message, 'result');
        const thrown = field(result, 'exceptionDetails') ?? field(message, 'error');
        if (thrown === undefined) settle(() => resolve(field(field(result, 'result'), 'value')));
        else settle(() => reject(new Error(`${url}: ${JSON.stringify(thrown)}`)));
      };
    });
  } finally {
    line.close();
  }
}

function field(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined;
}
