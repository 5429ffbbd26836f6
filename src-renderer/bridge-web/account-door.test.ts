import { describe, expect, it } from 'vitest';
import { createAccountDoor } from './account-door.ts';

type Answer = { readonly status: number; readonly body?: unknown; readonly type?: string };

/** A server that answers in turn; remembers what it was asked. */
function server(...answers: readonly (Answer | 'down')[]) {
  const asked: { path: string; authorization: string | null }[] = [];
  const left = [...answers];
  const ask: typeof fetch = async (input, init) => {
    asked.push({
      path: input instanceof Request ? input.url : input.toString(),
      authorization: new Headers(init?.headers).get('authorization'),
    });
    const next = left.shift();
    if (next === undefined || next === 'down') throw new TypeError('failed to fetch');
    return Promise.resolve(
      new Response(JSON.stringify(next.body ?? {}), {
        status: next.status,
        headers: { 'content-type': next.type ?? 'application/json' },
      }),
    );
  };
  return { door: createAccountDoor(ask), asked };
}

const inside = { status: 200, body: { token: 't', expires_at: '', user: { name: 'Ana' } } };

describe('the door to the server', () => {
  it('tells in, out, away and no server apart', async () => {
    expect(await server(inside).door.standing()).toEqual({ type: 'in', name: 'Ana' });
    expect(await server({ status: 401 }).door.standing()).toEqual({ type: 'out' });
    expect(await server('down').door.standing()).toEqual({ type: 'away' });
    expect(await server({ status: 503 }).door.standing()).toEqual({ type: 'away' });
    expect(await server({ status: 404, type: 'text/html' }).door.standing()).toEqual({ type: 'no-server' });
  });

  it('gives a pass for each socket, and comes in again when the token is over', async () => {
    const { door, asked } = server(inside, { status: 401 }, inside, { status: 201, body: { ticket: 'x' } });
    await door.standing();
    expect(await door.pass()).toEqual({ ticket: 'x' });
    expect(asked.map(({ path }) => path)).toEqual([
      '/api/v1/tokens/refresh',
      '/api/v1/socket-tickets',
      '/api/v1/tokens/refresh',
      '/api/v1/socket-tickets',
    ]);
    expect(asked.at(-1)?.authorization).toBe('Bearer t');
  });

  it('has no pass for whoever is out', async () => {
    await expect(server({ status: 401 }).door.pass()).rejects.toThrow('out');
  });

  it('says that the code of the second factor is needed', async () => {
    const { door } = server({ status: 401, body: { code: 'second-factor-needed' } });
    const refused = await door.logIn({ email: 'a@b.c', password: 'x' });
    expect(refused).toMatchObject({ ok: false, error: { codeNeeded: true } });
  });
});
