import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { DiscordGateway } from './test-discord-gateway.ts';
import { DiscordPosts } from './test-discord-posts.ts';
import { DiscordRest } from './test-discord-rest.ts';

/**
 * For tests: Discord on this machine, its gateway and as much of its REST as the bot uses. Holds what was posted like the
 * real one, and breaks like the real one when it is told to.
 */
export type FakeDiscord = Awaited<ReturnType<typeof startFakeDiscord>>;

export async function startFakeDiscord(options: {
  readonly channels: readonly string[];
  readonly port?: number;
}) {
  const posts: DiscordPosts = new DiscordPosts(options.channels, (t, d) => gateway.dispatch(t, d));
  const rest = new DiscordRest(posts, () => wsUrl());
  const gateway = new DiscordGateway({
    isToken: (token) => token === rest.token,
    guild: () => posts.guild(),
    url: () => wsUrl(),
  });
  const listening = await listen(gateway, rest, options.port ?? 0);
  const { port } = listening;
  const wsUrl = () => `ws://127.0.0.1:${port}`;
  return {
    ...{ api: `http://127.0.0.1:${port}/api`, port, token: rest.token, calls: rest.calls },
    ...tellingOf(posts),
    stop: () => listening.stop(),
    ask: (interaction: object) => gateway.dispatch('INTERACTION_CREATE', interaction),
    identifies: () => gateway.identifies,
    resumes: () => gateway.resumes,
    isLive: () => gateway.isLive(),
    breakLine: (more?: { readonly forget?: boolean }) => gateway.breakLine(more),
    /** The next requests that change something are answered 429, with Retry-After. */
    limitNext: (requests: number) => (rest.limits = requests),
    setDeaf: (deaf: boolean) => (gateway.isDeaf = deaf),
    setBroken: (broken: boolean) => (rest.isBroken = broken),
    setToken: (other: string) => (rest.token = other),
  };
}

/** What people do there. */
const tellingOf = (posts: DiscordPosts) => ({
  post: (channel: string, content: string, more?: Readonly<Record<string, unknown>>) =>
    posts.post(channel, content, more),
  edit: (channel: string, id: string, content: string) => posts.edit(channel, id, content),
  openThread: (parent: string) => posts.openThread(parent),
  closeThread: (id: string) => posts.closeThread(id),
  nextId: () => posts.nextId(),
  reactionsTo: (channel: string, id: string) => posts.reactionsTo(channel, id),
});

async function listen(gateway: DiscordGateway, rest: DiscordRest, wanted: number) {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    rest.serve(request, response).catch(() => response.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const webSockets = new WebSocketServer({ server });
  webSockets.on('connection', (socket) => gateway.hear(socket));
  await new Promise<void>((resolve) => server.listen(wanted, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      for (const client of webSockets.clients) client.terminate();
      webSockets.close();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
