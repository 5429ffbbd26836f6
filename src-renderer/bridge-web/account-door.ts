import { z } from 'zod';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { SyncPass } from '#shared/replica/sync-surroundings.ts';
import { messages } from './messages.ts';

/** How one stands with the server that this page came from. */
export type Standing =
  | { readonly type: 'in'; readonly name: string }
  | { readonly type: 'out' }
  /** It does not answer now. */
  | { readonly type: 'away' }
  /** The page came from something that is no sync server: the browser works alone. */
  | { readonly type: 'no-server' };

/** Nothing can be asked as oneself now. */
export class NotIn extends Error {
  readonly standing: Exclude<Standing['type'], 'in'>;

  constructor(standing: NotIn['standing']) {
    super(standing);
    this.standing = standing;
  }
}

export type LogInRefusal = Readonly<{ words: string; codeNeeded: boolean }>;

/** Signing in at the server of this page. The page never holds the lasting token: that is in a cookie no script can read. */
export type AccountDoor = {
  readonly standing: () => Promise<Standing>;
  readonly logIn: (
    who: Readonly<{ email: string; password: string; code?: string }>,
  ) => Promise<Result<Standing & { readonly type: 'in' }, LogInRefusal>>;
  readonly logOut: () => Promise<void>;
  /** Asks the server's API, below /api/v1, as whoever is in. Rejects with `NotIn` while one is out or the server is away. */
  readonly ask: (method: string, path: string, body?: unknown) => Promise<Response>;
  /** A pass for one socket. Rejects while one is out or the server is away. */
  readonly pass: () => Promise<SyncPass>;
};

const SignedIn = z.object({
  token: z.string(),
  expires_at: z.string(),
  user: z.object({ name: z.string().nullish(), email: z.string().nullish() }),
});
const Ticket = z.object({ ticket: z.string() });
const Problem = z.object({ code: z.string().optional(), error: z.unknown().optional() });

export function createAccountDoor(ask: typeof fetch): AccountDoor {
  let token: string | undefined;
  const send = async (method: string, path: string, body?: unknown): Promise<Response> =>
    ask(`/api/v1/${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const post = async (path: string, body: unknown): Promise<Response> => send('POST', path, body);
  const enter = async (response: Response): Promise<Standing & { readonly type: 'in' }> => {
    const { token: given, user } = SignedIn.parse(await response.json());
    token = given;
    return { type: 'in', name: user.name ?? user.email ?? messages.somebody };
  };
  const standing = async (): Promise<Standing> => {
    try {
      const response = await post('tokens/refresh', {});
      if (response.ok) return await enter(response);
      const isOurs = response.headers.get('content-type')?.includes('json') ?? false;
      if (response.status === 401 && isOurs) return { type: 'out' };
      return response.status >= 500 || response.status === 429 ? { type: 'away' } : { type: 'no-server' };
    } catch {
      return { type: 'away' };
    }
  };
  const askAsOneself = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const response = token === undefined ? undefined : await send(method, path, body);
    if (response !== undefined && response.status !== 401) return response;
    const now = await standing();
    if (now.type !== 'in') throw new NotIn(now.type);
    return send(method, path, body);
  };
  return {
    standing,
    logIn: async ({ email, password, code }) => {
      try {
        const user = { email, password, cookie: true, ...(code === undefined ? {} : { code }) };
        const response = await post('login', { user });
        return response.ok ? ok(await enter(response)) : fail(await refusalOf(response));
      } catch {
        return fail({ words: messages.signIn.away, codeNeeded: false });
      }
    },
    logOut: async () => {
      await post('logout', {}).catch(() => undefined);
      token = undefined;
    },
    ask: askAsOneself,
    pass: async () => {
      const response = await askAsOneself('POST', 'socket-tickets', {});
      if (!response.ok) throw new Error(`no ticket: ${String(response.status)}`);
      return { ticket: Ticket.parse(await response.json()).ticket };
    },
  };
}

async function refusalOf(response: Response): Promise<LogInRefusal> {
  const codeNeeded = (await problemOf(response)).includes('second-factor-needed');
  if (codeNeeded) return { words: messages.signIn.codeNeeded, codeNeeded };
  return { words: response.status === 429 ? messages.signIn.tooMany : messages.signIn.wrong, codeNeeded };
}

async function problemOf(response: Response): Promise<string> {
  const read = Problem.safeParse(await response.json().catch(() => undefined));
  return read.success ? JSON.stringify(read.data) : '';
}
