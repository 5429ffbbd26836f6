/** For tests: what a connection to `/changes` was told so far. */
export type TestFollower = {
  readonly status: number;
  /** All of it, as it came. */
  readonly told: () => string;
  /** The place of the last event; empty before the first. */
  readonly place: () => string;
  readonly isOver: () => boolean;
  readonly end: () => void;
};

export async function follow(
  url: string,
  query: string,
  token: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<TestFollower> {
  const ending = new AbortController();
  const response = await fetch(`${url}/api/v1/changes${query}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: ending.signal,
  });
  let text = '';
  let isOver = false;
  const read = async (): Promise<void> => {
    if (response.body === null) return;
    const decoder = new TextDecoder();
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) text += decoder.decode(chunk);
  };
  void read().then(
    () => (isOver = true),
    () => (isOver = true),
  );
  const told = (): string => text;
  return {
    ...{ status: response.status, told, isOver: () => isOver, end: () => ending.abort() },
    place: () => [...text.matchAll(/^id: (\S+)$/gm)].at(-1)?.[1] ?? '',
  };
}
