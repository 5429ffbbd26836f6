import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { NotIn } from '../bridge-web/account-door.ts';
import { createAdminApi } from './admin-api.ts';
import { messages } from './messages.ts';
import { patientFetch } from './patient-fetch.ts';

const nothing = (): void => undefined;

describe('the API of the administration', () => {
  it('sends once what is pressed twice while the server takes its time, and again when it is pressed later', async () => {
    const answers: ((response: Response) => void)[] = [];
    const ask = vi.fn(async () => new Promise<Response>((resolve) => answers.push(resolve)));
    const api = createAdminApi({ ask }, nothing);
    const twice = [api.send('POST', 'keys', { label: 'bot' }), api.send('POST', 'keys', { label: 'bot' })];
    const other = api.send('POST', 'keys', { label: 'other' });
    expect(ask).toHaveBeenCalledTimes(2);
    answers.forEach((answer, i) => answer(Response.json({ key: i })));
    expect(await Promise.all([...twice, other])).toEqual([
      ...[0, 0, 1].map((key) => ({ ok: true, value: { key } })),
    ]);
    void api.send('POST', 'keys', { label: 'bot' });
    expect(ask).toHaveBeenCalledTimes(3);
  });

  it('says that the session has ended, and apart from that that the server is away', async () => {
    let outs = 0;
    const failing = (error: Error) =>
      createAdminApi({ ask: async () => Promise.reject(error) }, () => (outs += 1));
    expect(await failing(new NotIn('out')).read('keys', z.unknown())).toEqual({
      ...{ ok: false, error: messages.signedOut },
    });
    expect(outs).toBe(1);
    for (const error of [new NotIn('away'), new TypeError('Failed to fetch')])
      expect(await failing(error).send('POST', 'keys')).toEqual({ ok: false, error: messages.away });
    expect(outs).toBe(1);
  });

  it('says in words what is answered by something that is no server of ours', async () => {
    const ask = async () => Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502 }));
    const api = createAdminApi({ ask }, nothing);
    expect(await api.read('keys', z.unknown())).toEqual({ ok: false, error: messages.refused(502) });
    const page = createAdminApi({ ask: async () => Promise.resolve(new Response('<h1>')) }, nothing);
    expect(await page.read('keys', z.object({}))).toEqual({ ok: false, error: messages.notUnderstood });
    expect(await page.send('POST', 'keys')).toEqual({ ok: false, error: messages.notUnderstood });
  });

  it('gives up on a server that never answers, and leaves an answer that has begun its time', async () => {
    vi.useFakeTimers();
    try {
      const hanging = vi.fn(
        async (_input: unknown, init?: RequestInit) =>
          new Promise<Response>((_resolve, reject) =>
            init?.signal?.addEventListener('abort', () => reject(new Error('gone'))),
          ),
      );
      const waiting = patientFetch(hanging, 1_000)('/x').catch((error: unknown) => error);
      await vi.advanceTimersByTimeAsync(1_000);
      expect(await waiting).toEqual(new Error('gone'));
      const answering = vi.fn(async (_input: unknown, _init?: RequestInit) =>
        Promise.resolve(new Response('a')),
      );
      const begun = await patientFetch(answering, 1_000)('/x');
      await vi.advanceTimersByTimeAsync(5_000);
      expect(answering.mock.calls[0]?.[1]?.signal?.aborted).toBe(false);
      expect(await begun.text()).toBe('a');
    } finally {
      vi.useRealTimers();
    }
  });
});
