import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';
import { sendJson, type FakeRequest, type FakeWeb } from '../../test-fake-web.ts';

/** For tests: Twitch's EventSub on this machine, with the part of Helix that subscribes. */
export type FakeEventSub = Awaited<ReturnType<typeof startFakeEventSub>>;

type Made = { readonly session: string; readonly type: string; readonly user: string };
const Wanted = z.object({
  type: z.string(),
  version: z.literal('1'),
  condition: z.object({ broadcaster_user_id: z.string() }),
  transport: z.object({ method: z.literal('websocket'), session_id: z.string() }),
});

export async function startFakeEventSub(web: FakeWeb) {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await new Promise<void>((resolve) => server.once('listening', resolve));
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ws`;
  const twitch = new Twitch(url);
  server.on('connection', (socket, request) => twitch.enter(socket, request.url ?? ''));
  web.on('api.twitch.tv', (request, response) => {
    const { status, value } = twitch.answer(request);
    sendJson(value, status)(request, response);
  });
  const stop = () => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  };
  return { url, twitch, stop };
}

class Twitch {
  token = 'token';
  maxCost = 10;
  /** Whether it greets who comes. */
  greets = true;
  readonly made: Made[] = [];
  /** What was said to it; it wants to hear nothing. */
  readonly heard: string[] = [];
  visits = 0;
  private readonly open = new Map<string, WebSocket>();
  private readonly url: string;
  private messages = 0;

  constructor(url: string) {
    this.url = url;
  }

  enter(socket: WebSocket, path: string): void {
    this.visits += 1;
    const moved = new URL(path, this.url).searchParams.get('session');
    const session = moved ?? `session-${this.visits}`;
    socket.on('message', (data: Buffer) => {
      this.heard.push(data.toString());
      socket.close(4001);
    });
    socket.on('close', () => {
      if (this.open.get(session) !== socket) return;
      this.open.delete(session);
      // What hangs on a session ends with it.
      this.made.splice(0, Infinity, ...this.made.filter((each) => each.session !== session));
    });
    if (!this.greets) return;
    this.open.set(session, socket);
    this.send(socket, 'session_welcome', {
      session: { id: session, status: 'connected', keepalive_timeout_seconds: 10, reconnect_url: null },
    });
  }

  sessions = () => [...this.open.keys()];

  event(login: string, kind: 'online' | 'offline', messageId?: string): void {
    const subscription = this.made.find(
      (each) => each.user === userOf(login) && each.type === `stream.${kind}`,
    );
    const socket = subscription && this.open.get(subscription.session);
    if (subscription === undefined || socket === undefined) return;
    const startedAt = kind === 'online' ? { type: 'live', started_at: '2026-08-01T11:59:00Z' } : {};
    this.send(
      socket,
      'notification',
      {
        subscription: describe(subscription, 'enabled'),
        event: { broadcaster_user_id: subscription.user, broadcaster_user_login: login, ...startedAt },
      },
      messageId,
    );
  }

  /** Asks everybody to come to another place; the session goes along. */
  move(to: string = this.url): void {
    for (const [session, socket] of this.open)
      this.send(socket, 'session_reconnect', {
        session: { id: session, status: 'reconnecting', reconnect_url: `${to}?session=${session}` },
      });
  }

  revoke(login: string, why: string): void {
    for (const each of this.made.filter(({ user }) => user === userOf(login)))
      for (const socket of this.open.values())
        this.send(socket, 'revocation', { subscription: describe(each, why) });
  }

  alive(): void {
    for (const socket of this.open.values()) this.send(socket, 'session_keepalive', {});
  }

  sayRaw(text: string): void {
    for (const socket of this.open.values()) socket.send(text);
  }

  drop(): void {
    for (const socket of this.open.values()) socket.close(4000);
  }

  answer({ path, method, query, headers, body }: FakeRequest): { status: number; value: unknown } {
    if (headers.authorization !== `Bearer ${this.token}`) return { status: 401, value: {} };
    if (path === '/helix/users') {
      const logins = query.getAll('login').filter((login) => !login.startsWith('nobody'));
      return { status: 200, value: { data: logins.map((login) => ({ login, id: userOf(login) })) } };
    }
    const read = Wanted.safeParse(JSON.parse(body === '' ? '{}' : body));
    if (method !== 'POST' || !read.success) return { status: 400, value: {} };
    const { type, condition, transport } = read.data;
    if (!this.open.has(transport.session_id)) return { status: 400, value: {} };
    if (this.made.length >= this.maxCost) return { status: 429, value: {} };
    this.made.push({ session: transport.session_id, type, user: condition.broadcaster_user_id });
    return { status: 202, value: { data: [], total_cost: this.made.length, max_total_cost: this.maxCost } };
  }

  private send(socket: WebSocket, type: string, payload: unknown, id?: string): void {
    this.messages += 1;
    const metadata = {
      message_id: id ?? `message-${this.messages}`,
      message_type: type,
      message_timestamp: '2026-08-01T12:00:00.123456789Z',
    };
    socket.send(JSON.stringify({ metadata, payload }));
  }
}

const userOf = (login: string) => `id-${login}`;

const describe = ({ type, user }: Made, status: string) => ({
  ...{ id: `${type}-${user}`, type, version: '1', status, cost: 1 },
  condition: { broadcaster_user_id: user },
});
