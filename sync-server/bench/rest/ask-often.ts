import { Agent, request } from 'node:http';
import { spreadOf, type Spread } from '../statistics.ts';

export type Asked = Spread & { readonly perSecond: number; readonly bytes: number };

const AT_ONCE = 8;

/** Asks for each path once, several at a time, over connections that stay. Milliseconds. */
export async function askOften(
  url: string,
  paths: readonly string[],
  headers: Readonly<Record<string, string>>,
): Promise<Asked> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const took: number[] = [];
  let bytes = 0;
  let next = 0;
  const work = async (): Promise<void> => {
    for (let path = paths[next++]; path !== undefined; path = paths[next++]) {
      const began = performance.now();
      bytes += await ask(new URL(path, url), agent, headers);
      took.push(performance.now() - began);
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const seconds = (performance.now() - began) / 1_000;
  agent.destroy();
  return { ...spreadOf(took), perSecond: paths.length / seconds, bytes };
}

/** @returns how many bytes came */
export async function ask(
  url: URL,
  agent: Agent,
  headers: Readonly<Record<string, string>>,
  method = 'GET',
  body?: string,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, headers, method }, (response) => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => (bytes += chunk.length));
      response.on('end', () => {
        if ((response.statusCode ?? 0) < 300) resolve(bytes);
        else reject(new Error(`${method} ${url.pathname} answered ${String(response.statusCode)}`));
      });
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}
