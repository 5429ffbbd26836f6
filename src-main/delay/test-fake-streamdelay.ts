import { WebSocketServer, type WebSocket } from 'ws';

/** A Streamdelay server for tests, on a socket of this machine: tells what it is, and does what it is asked. */
export type TestStreamdelay = {
  readonly url: string;
  /** Everything that it was asked, in order. */
  readonly asked: unknown[];
  readonly paths: string[];
  /** Changes what it says of itself, and tells everybody. */
  readonly become: (change: Record<string, unknown>) => void;
  readonly sayRaw: (text: string) => void;
  /** What it is asked from now on is heard and not done. */
  obeys: boolean;
  /** It takes the line and answers nothing any more, not even whether it is there. */
  readonly hang: () => void;
  readonly stop: () => Promise<void>;
};

export async function startTestStreamdelay(key: string, port = 0): Promise<TestStreamdelay> {
  let status: Record<string, unknown> = {
    delaySeconds: 15,
    restartSeconds: 3,
    isCensored: false,
    isStreamRunning: false,
    startTime: null,
    state: { censorship: 'normal', stream: 'stopped' },
  };
  const asked: unknown[] = [];
  const paths: string[] = [];
  let hangs = false;
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port,
    autoPong: false,
    verifyClient: ({ req }, answer) => {
      paths.push(req.url ?? '');
      answer(new URL(req.url ?? '', 'http://x').searchParams.get('key') === key, 403);
    },
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const tell = (to: Iterable<WebSocket>): void => {
    for (const socket of to) socket.send(JSON.stringify({ type: 'status', status }));
  };
  const fake: TestStreamdelay = {
    url: `http://127.0.0.1:${String((server.address() as { port: number }).port)}`,
    asked,
    paths,
    obeys: true,
    become: (change) => {
      status = { ...status, ...change };
      tell(server.clients);
    },
    sayRaw: (text) => {
      for (const socket of server.clients) socket.send(text);
    },
    hang: () => {
      hangs = true;
    },
    stop: async () => {
      for (const socket of server.clients) socket.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  server.on('connection', (socket) => {
    tell([socket]);
    socket.on('ping', (data: Buffer) => {
      if (!hangs) socket.pong(data);
    });
    socket.on('message', (data: Buffer) => {
      const change = JSON.parse(data.toString()) as Record<string, unknown>;
      asked.push(change);
      if (fake.obeys && !hangs) fake.become(change);
    });
  });
  return fake;
}
