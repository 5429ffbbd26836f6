import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

/**
 * For tests: Discord on this machine, its gateway and as much of its REST as the bot uses. Holds what was posted like the
 * real one, and breaks like the real one when it is told to.
 */
export type FakeDiscord = Awaited<ReturnType<typeof startFakeDiscord>>;

export const BOT_ID = '900000000000000001';
export const APPLICATION_ID = '900000000000000002';
export const GUILD_ID = '900000000000000003';

type Stored = {
  readonly id: string;
  readonly channel_id: string;
  content: string;
  edited_timestamp: string | null;
  readonly [field: string]: unknown;
};

type Session = {
  readonly id: string;
  seq: number;
  /** What was sent in this session, for a resume. */
  readonly sent: { readonly s: number; readonly t: string; readonly d: unknown }[];
  socket: WebSocket | undefined;
};

export type Call = { readonly method: string; readonly path: string; readonly body: unknown };

const EPOCH = 1_420_070_400_000;

// One service, whose whole state is one closure: cut apart it would say less.
// oxlint-disable-next-line max-lines-per-function
export async function startFakeDiscord(options: {
  readonly channels: readonly string[];
  readonly port?: number;
}) {
  const messages = new Map<string, Stored[]>(options.channels.map((channel) => [channel, []]));
  const threads = new Map<
    string,
    { readonly id: string; readonly parent_id: string; readonly type: 11; isClosed: boolean }
  >();
  /** Emoji by `channel/message`. */
  const reactions = new Map<string, string[]>();
  const calls: Call[] = [];
  const sessions = new Map<string, Session>();
  const sockets = new Set<Socket>();
  let count = 0;
  let identifies = 0;
  let resumes = 0;
  /** What happens is not told over the gateway, as if it were lost. */
  let isDeaf = false;
  let limits = 0;
  let isBroken = false;
  let token = 'good-token';

  const nextId = (): string => {
    count += 1;
    return ((BigInt(Date.now() - EPOCH) << 22n) + BigInt(count)).toString();
  };
  const isLive = () => [...sessions.values()].some(({ socket }) => socket !== undefined);

  const dispatch = (t: string, d: unknown): void => {
    if (isDeaf) return;
    for (const session of sessions.values()) {
      session.seq += 1;
      session.sent.push({ s: session.seq, t, d });
      session.socket?.send(JSON.stringify({ op: 0, t, s: session.seq, d }));
    }
  };
  const post = (channel: string, content: string, more: Readonly<Record<string, unknown>> = {}): string => {
    const message: Stored = {
      ...{ id: nextId(), channel_id: channel, guild_id: GUILD_ID, content, embeds: [], type: 0 },
      ...{ author: { id: '77', username: 'ann', global_name: 'Ann' }, timestamp: new Date().toISOString() },
      edited_timestamp: null,
      ...more,
    };
    const stored = messages.get(channel);
    if (stored === undefined) throw new Error(`no channel ${channel}`);
    stored.push(message);
    dispatch('MESSAGE_CREATE', message);
    return message.id;
  };
  const edit = (channel: string, id: string, content: string): void => {
    const message = messages.get(channel)?.find((stored) => stored.id === id);
    if (message === undefined) throw new Error(`no message ${id}`);
    message.content = content;
    message.edited_timestamp = new Date(Date.now() + 1_000).toISOString();
    dispatch('MESSAGE_UPDATE', { ...message });
  };

  const guild = () => ({
    ...{
      id: GUILD_ID,
      name: 'Streets',
      channels: options.channels.map((id) => ({ id, type: 0, name: `c${id}` })),
    },
    ...{ threads: [...threads.values()].filter(({ isClosed }) => !isClosed).map(showThread) },
    ...{ members: [], roles: [], emojis: [], stickers: [], presences: [], voice_states: [], member_count: 2 },
    ...{ large: false, unavailable: false, owner_id: '1', features: [], guild_scheduled_events: [] },
    stage_instances: [],
  });
  const showThread = ({ id, parent_id }: { readonly id: string; readonly parent_id: string }) => ({
    ...{ id, parent_id, type: 11, name: `t${id}`, guild_id: GUILD_ID, owner_id: '77' },
    ...{ message_count: 1, member_count: 1, last_message_id: messages.get(id)?.at(-1)?.id ?? null },
    thread_metadata: {
      archived: false,
      auto_archive_duration: 60,
      archive_timestamp: new Date().toISOString(),
      locked: false,
    },
  });

  const hearGateway = (socket: WebSocket, url: string): void => {
    let session: Session | undefined;
    const send = (packet: object) => socket.send(JSON.stringify(packet));
    send({ op: 10, d: { heartbeat_interval: 41_250 } });
    socket.on('message', (data: Buffer) => {
      const { op, d } = JSON.parse(data.toString()) as {
        op: number;
        d: { token: string; session_id: string; seq: number };
      };
      if (op === 1) send({ op: 11 });
      if (op === 2 && d.token !== token) return socket.close(4004, 'Authentication failed.');
      if (op === 2) {
        identifies += 1;
        session = { id: `s${identifies}`, seq: 0, sent: [], socket };
        sessions.clear();
        sessions.set(session.id, session);
        const user = { id: BOT_ID, username: 'streamwall', discriminator: '0', bot: true, avatar: null };
        const ready = {
          ...{ v: 10, user, session_id: session.id, resume_gateway_url: url, shard: [0, 1] },
          ...{ guilds: [{ id: GUILD_ID, unavailable: true }], application: { id: APPLICATION_ID, flags: 0 } },
        };
        const wasDeaf = isDeaf;
        isDeaf = false;
        dispatch('READY', ready);
        dispatch('GUILD_CREATE', guild());
        isDeaf = wasDeaf;
      }
      if (op === 6) {
        session = sessions.get(d.session_id);
        if (session === undefined) return send({ op: 9, d: false });
        resumes += 1;
        session.socket = socket;
        for (const { s, t, d: data } of session.sent) if (s > d.seq) send({ op: 0, s, t, d: data });
        session.seq += 1;
        send({ op: 0, t: 'RESUMED', s: session.seq, d: {} });
      }
    });
    socket.on('close', () => {
      if (session?.socket === socket) session.socket = undefined;
    });
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://fake');
    const path = url.pathname.replace(/^\/api\/v10/, '');
    const method = request.method ?? 'GET';
    const hasBody = request.headers['content-type']?.includes('json') === true;
    const body: unknown = hasBody ? await json(request) : undefined;
    const say = (status: number, value?: unknown, headers: Readonly<Record<string, string>> = {}) => {
      response.writeHead(status, {
        ...(value === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      });
      response.end(value === undefined ? undefined : JSON.stringify(value));
    };
    if (isBroken) return say(503, { message: 'upstream connect error' });
    if (request.headers.authorization !== `Bot ${token}` && !path.startsWith('/interactions/'))
      return say(401, { message: '401: Unauthorized', code: 0 });
    if (limits > 0 && method !== 'GET') {
      limits -= 1;
      return say(
        429,
        { message: 'You are being rate limited.', retry_after: 0.02, global: false },
        {
          ...{ 'retry-after': '0.02', 'x-ratelimit-scope': 'shared', 'x-ratelimit-reset-after': '0.02' },
          ...{ 'x-ratelimit-limit': '1', 'x-ratelimit-remaining': '0', 'x-ratelimit-bucket': 'b' },
        },
      );
    }
    calls.push({ method, path: path + url.search, body });
    return route(method, path, url.searchParams, body, say);
  };
  const route = (
    method: string,
    path: string,
    query: URLSearchParams,
    body: unknown,
    say: (status: number, value?: unknown) => void,
  ): void => {
    if (path === '/gateway/bot')
      return say(200, {
        url: wsUrl(),
        shards: 1,
        session_start_limit: { total: 1_000, remaining: 999, reset_after: 1, max_concurrency: 1 },
      });
    const [, root, id = '', part, message = '', last, emoji] = path.split('/');
    const stored = root === 'channels' ? messages.get(id) : undefined;
    if (root === 'channels' && stored === undefined)
      return say(404, { message: 'Unknown Channel', code: 10003 });
    if (stored !== undefined && part === undefined)
      return say(200, { id, type: 0, last_message_id: stored.at(-1)?.id ?? null });
    if (stored !== undefined && part === 'threads')
      return say(200, {
        threads: [...threads.values()]
          .filter((thread) => thread.isClosed && thread.parent_id === id)
          .map(showThread),
        members: [],
        has_more: false,
      });
    if (stored !== undefined && part === 'messages' && method === 'GET') return say(200, page(stored, query));
    if (stored !== undefined && part === 'messages' && method === 'POST') {
      const { content } = body as { content: string };
      const author = { id: BOT_ID, username: 'streamwall', bot: true };
      return say(200, { id: post(id, content, { author }), channel_id: id });
    }
    if (stored !== undefined && last === 'reactions' && emoji !== undefined) {
      if (!stored.some((other) => other.id === message))
        return say(404, { message: 'Unknown Message', code: 10008 });
      const key = `${id}/${message}`;
      const there = (reactions.get(key) ?? []).filter((other) => other !== decodeURIComponent(emoji));
      reactions.set(key, method === 'PUT' ? [...there, decodeURIComponent(emoji)] : there);
      return say(204);
    }
    if (root === 'applications' && method === 'PUT') return say(200, body);
    if (root === 'interactions' || root === 'webhooks')
      return say(method === 'PATCH' ? 200 : 204, method === 'PATCH' ? {} : undefined);
    return say(404, { message: `the fake knows no ${method} ${path}`, code: 0 });
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const gateway = new WebSocketServer({ server });
  gateway.on('connection', (socket) => hearGateway(socket, wsUrl()));
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const wsUrl = () => `ws://127.0.0.1:${port}`;

  return {
    api: `http://127.0.0.1:${port}/api`,
    port,
    token,
    calls,
    post,
    edit,
    openThread(parent: string): string {
      const id = nextId();
      threads.set(id, { id, parent_id: parent, type: 11, isClosed: false });
      messages.set(id, []);
      const thread = threads.get(id);
      if (thread !== undefined) dispatch('THREAD_CREATE', showThread(thread));
      return id;
    },
    closeThread(id: string) {
      const thread = threads.get(id);
      if (thread !== undefined) thread.isClosed = true;
    },
    ask: (interaction: object) => dispatch('INTERACTION_CREATE', interaction),
    nextId,
    reactionsTo: (channel: string, id: string) => reactions.get(`${channel}/${id}`) ?? [],
    identifies: () => identifies,
    resumes: () => resumes,
    isLive,
    /** The line breaks; the session is there when the bot comes back, unless it is forgotten. */
    breakLine(more: { readonly forget?: boolean } = {}) {
      const open = [...sessions.values()].map(({ socket }) => socket);
      for (const session of sessions.values()) session.socket = undefined;
      if (more.forget === true) sessions.clear();
      for (const socket of open) socket?.terminate();
    },
    /** The next requests that change something are answered 429, with Retry-After. */
    limitNext: (requests: number) => (limits = requests),
    setDeaf: (deaf: boolean) => (isDeaf = deaf),
    setBroken: (broken: boolean) => (isBroken = broken),
    setToken: (other: string) => (token = other),
    async stop() {
      for (const client of gateway.clients) client.terminate();
      gateway.close();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** As the real one pages: `after` gives the earliest, otherwise the latest; always the newest first. */
function page(stored: readonly Stored[], query: URLSearchParams): readonly Stored[] {
  const limit = Number(query.get('limit') ?? 50);
  const after = query.get('after');
  const before = query.get('before');
  const big = (id: string) => BigInt(id);
  if (after !== null)
    return stored
      .filter(({ id }) => big(id) > big(after))
      .slice(0, limit)
      .toReversed();
  return stored
    .filter(({ id }) => before === null || big(id) < big(before))
    .slice(-limit)
    .toReversed();
}
