import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { BOT_ID } from './test-discord-gateway.ts';
import type { DiscordPosts, StoredMessage } from './test-discord-posts.ts';

/** For tests: as much of Discord's REST as the bot uses. */

export type Call = { readonly method: string; readonly path: string; readonly body: unknown };

/** A status, and what is sent along with it. */
type Answer = readonly [status: number, body?: unknown, headers?: Readonly<Record<string, string>>];
type Asked = Call & { readonly query: URLSearchParams };

const Post = z.object({ content: z.string() });

export class DiscordRest {
  readonly calls: Call[] = [];
  token = 'good-token';
  isBroken = false;
  /** So many of the next requests that change something are answered 429, with Retry-After. */
  limits = 0;
  private readonly posts: DiscordPosts;
  private readonly gatewayUrl: () => string;

  constructor(posts: DiscordPosts, gatewayUrl: () => string) {
    this.posts = posts;
    this.gatewayUrl = gatewayUrl;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fake');
    const path = url.pathname.replace(/^\/api\/v10/, '');
    const hasBody = request.headers['content-type']?.includes('json') === true;
    const body: unknown = hasBody ? await json(request) : undefined;
    const asked: Asked = { method: request.method ?? 'GET', path, body, query: url.searchParams };
    const refusal = this.refuse(asked, request.headers.authorization);
    if (refusal === undefined) this.calls.push({ method: asked.method, path: path + url.search, body });
    const [status, value, headers] = refusal ?? this.answer(asked);
    response.writeHead(status, {
      ...(value === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    });
    response.end(value === undefined ? undefined : JSON.stringify(value));
  }

  private refuse({ method, path }: Asked, authorization: string | undefined): Answer | undefined {
    if (this.isBroken) return [503, { message: 'upstream connect error' }];
    if (authorization !== `Bot ${this.token}` && !path.startsWith('/interactions/'))
      return [401, { message: '401: Unauthorized', code: 0 }];
    if (this.limits === 0 || method === 'GET') return undefined;
    this.limits -= 1;
    const headers = {
      ...{ 'retry-after': '0.02', 'x-ratelimit-scope': 'shared', 'x-ratelimit-reset-after': '0.02' },
      ...{ 'x-ratelimit-limit': '1', 'x-ratelimit-remaining': '0', 'x-ratelimit-bucket': 'b' },
    };
    return [429, { message: 'You are being rate limited.', retry_after: 0.02, global: false }, headers];
  }

  private answer(asked: Asked): Answer {
    const { method, path, body } = asked;
    const [, root, id = ''] = path.split('/');
    if (path === '/gateway/bot') {
      const limit = { total: 1_000, remaining: 999, reset_after: 1, max_concurrency: 1 };
      return [200, { url: this.gatewayUrl(), shards: 1, session_start_limit: limit }];
    }
    if (root === 'channels') return this.answerChannel(asked, id);
    if (root === 'applications' && method === 'PUT') return [200, body];
    if (root === 'interactions' || root === 'webhooks') return method === 'PATCH' ? [200, {}] : [204];
    return unknown(asked);
  }

  private answerChannel(asked: Asked, id: string): Answer {
    const { method, path, query, body } = asked;
    const { posts } = this;
    const stored = posts.in(id);
    if (stored === undefined) return [404, { message: 'Unknown Channel', code: 10003 }];
    const [, , , part, message = '', last, emoji] = path.split('/');
    if (part === undefined) return [200, { id, type: 0, last_message_id: stored.at(-1)?.id ?? null }];
    if (part === 'threads') return [200, { threads: posts.closedThreads(id), members: [], has_more: false }];
    if (last === 'reactions' && emoji !== undefined)
      return posts.react(id, message, decodeURIComponent(emoji), method === 'PUT')
        ? [204]
        : [404, { message: 'Unknown Message', code: 10008 }];
    if (part === 'messages' && method === 'GET') return [200, page(stored, query)];
    if (part !== 'messages' || method !== 'POST') return unknown(asked);
    const author = { id: BOT_ID, username: 'streamwall', bot: true };
    return [200, { id: posts.post(id, Post.parse(body).content, { author }), channel_id: id }];
  }
}

const unknown = ({ method, path }: Asked): Answer => [
  404,
  { message: `the fake knows no ${method} ${path}`, code: 0 },
];

/** As the real one pages: `after` gives the earliest, otherwise the latest; always the newest first. */
function page(stored: readonly StoredMessage[], query: URLSearchParams): readonly StoredMessage[] {
  const limit = Number(query.get('limit') ?? 50);
  const after = query.get('after');
  const before = query.get('before');
  const later = stored.filter(({ id }) => after === null || BigInt(id) > BigInt(after));
  const found = later.filter(({ id }) => before === null || BigInt(id) < BigInt(before));
  return (after === null ? found.slice(-limit) : found.slice(0, limit)).toReversed();
}
