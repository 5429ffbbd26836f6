import { z } from 'zod';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';

/** A session of a person: what lasts, and what opens sockets until it runs out. */
export type Session = { readonly lasting: string; readonly token: string; readonly expiresAtMs: number };

export type Acceptance = {
  readonly token: string;
  readonly name: string;
  readonly email?: string | undefined;
  readonly password?: string | undefined;
};

export type LogIn = { readonly email: string; readonly password: string; readonly code?: string | undefined };

/** A team server's accounts, as a desk needs them. */
export type AccountDoor = {
  readonly logIn: (server: string, who: LogIn) => Promise<Result<Session, Refusal>>;
  /** Asks the server's API for a path below /api/v1, as whoever the token says. Rejects while it is away. */
  readonly ask: (server: string, token: string, path: string) => Promise<Response>;
  /** Uses an invitation up: whoever accepts it has an account from then on. */
  readonly accept: (server: string, acceptance: Acceptance) => Promise<Result<Session, Refusal>>;
  /** `signed-out`: the session is over. `away`: nobody can say now. The lasting token is another one afterwards. */
  readonly refresh: (server: string, lasting: string) => Promise<Result<Session, 'signed-out' | 'away'>>;
};

const SignedIn = z.object({ token: z.string(), refresh_token: z.string(), expires_at: z.coerce.date() });
const Problem = z.object({ code: z.string() });
const Wrong = z.object({ details: z.record(z.string(), z.array(z.string())).optional() });
const PATIENCE_MS = 15_000;

export function createAccountDoor(ask: typeof fetch): AccountDoor {
  const post = async (server: string, path: string, body: unknown): Promise<Response> =>
    ask(`${httpAddress(server)}/api/v1/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  const enter = async (
    send: () => Promise<Response>,
    refusal: (response: Response) => Promise<Refusal>,
  ): Promise<Result<Session, Refusal>> => {
    try {
      const response = await send();
      return response.ok ? ok(sessionOf(await response.json())) : fail(await refusal(response));
    } catch {
      return fail({
        reason: 'not-found',
        message: 'The server cannot be reached, or is none of ours.',
        retryable: true,
      });
    }
  };
  return {
    logIn: async (server, user) => enter(async () => post(server, 'login', { user }), refusalOf),
    ask: async (server, token, path) =>
      ask(`${httpAddress(server)}/api/v1/${path}`, {
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(PATIENCE_MS),
      }),
    accept: async (server, acceptance) =>
      enter(async () => post(server, 'invites/accept', acceptance), acceptRefusalOf),
    refresh: async (server, lasting) => {
      try {
        const response = await post(server, 'tokens/refresh', { refresh_token: lasting });
        if (response.ok) return ok(sessionOf(await response.json()));
        return fail(response.status === 401 ? 'signed-out' : 'away');
      } catch {
        return fail('away');
      }
    },
  };
}

/** Whether a key is a session's lasting token, which has to be exchanged before each use. */
export const isLasting = (key: string): boolean => key.startsWith('swr_');

function sessionOf(answer: unknown): Session {
  const { token, refresh_token, expires_at } = SignedIn.parse(answer);
  return { lasting: refresh_token, token, expiresAtMs: expires_at.getTime() };
}

async function refusalOf(response: Response): Promise<Refusal> {
  const problem = Problem.safeParse(await response.json().catch(() => undefined));
  const code = problem.success ? problem.data.code : '';
  if (code === 'second-factor-needed')
    return {
      reason: 'forbidden',
      message: 'The code of the second factor is needed as well.',
      retryable: false,
    };
  if (response.status === 401)
    return { reason: 'forbidden', message: 'The address or the password is wrong.', retryable: false };
  return {
    reason: 'forbidden',
    message: 'The server does not sign anybody in now. Try again later.',
    retryable: true,
  };
}

/** The server says what is wrong with a field; of the invitation itself only that it is of no use. */
async function acceptRefusalOf(response: Response): Promise<Refusal> {
  const said = Wrong.safeParse(await response.json().catch(() => undefined));
  const fields = said.success ? Object.entries(said.data.details ?? {}) : [];
  const message =
    response.status === 410
      ? 'This invitation was used, was taken back, or is over. Ask for a new one.'
      : fields.map(([field, words]) => `${field}: ${words.join(', ')}.`).join(' ') ||
        'The server does not take this invitation now. Try again later.';
  return { reason: 'forbidden', message: message.slice(0, 400), retryable: response.status >= 500 };
}

const httpAddress = (server: string): string => server.replace(/^ws/, 'http').replace(/\/+$/, '');
