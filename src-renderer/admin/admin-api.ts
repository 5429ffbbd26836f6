import { z } from 'zod';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { NotIn, type AccountDoor } from '../bridge-web/account-door.ts';
import { messages } from './messages.ts';

/** The server's API as the admin's pages use it. A failure is a sentence for whoever looks at the page. */
export type AdminApi = {
  readonly read: <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
  ) => Promise<Result<z.infer<Schema>, string>>;
  /** @returns what it answered, which may be nothing */
  readonly send: (
    method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
  ) => Promise<Result<unknown, string>>;
  /** A text to be kept as a file. */
  readonly take: (path: string) => Promise<Result<Blob, string>>;
};

const Problem = z.object({ error: z.string() });

/** @param onOut told when the session has ended */
export function createAdminApi(account: Pick<AccountDoor, 'ask'>, onOut: () => void): AdminApi {
  const ask = async (method: string, path: string, body?: unknown): Promise<Result<Response, string>> => {
    try {
      const response = await account.ask(method, path, body);
      if (response.ok) return ok(response);
      const problem = Problem.safeParse(await response.json().catch(() => undefined));
      return fail(problem.success ? problem.data.error : messages.refused(response.status));
    } catch (error) {
      const isOut = error instanceof NotIn && error.standing === 'out';
      if (isOut) onOut();
      return fail(isOut ? messages.signedOut : messages.away);
    }
  };
  const sendOne = async (method: string, path: string, body: unknown): Promise<Result<unknown, string>> => {
    const response = await ask(method, path, body ?? (method === 'DELETE' ? undefined : {}));
    if (!response.ok) return response;
    if (response.value.status === 204) return ok(undefined);
    try {
      return ok(await response.value.json());
    } catch {
      return fail(messages.notUnderstood);
    }
  };
  /** What is not answered yet: who presses twice because nothing happens has it done once. */
  const underWay = new Map<string, Promise<Result<unknown, string>>>();
  return {
    read: async (path, schema) => {
      const response = await ask('GET', path);
      if (!response.ok) return response;
      const read = schema.safeParse(await response.value.json().catch(() => undefined));
      return read.success ? ok(read.data) : fail(messages.notUnderstood);
    },
    send: async (method, path, body) => {
      const asked = JSON.stringify([method, path, body]);
      const same = underWay.get(asked);
      if (same !== undefined) return same;
      const sent = sendOne(method, path, body).finally(() => underWay.delete(asked));
      underWay.set(asked, sent);
      return sent;
    },
    take: async (path) => {
      const response = await ask('GET', path);
      return response.ok ? ok(await response.value.blob()) : response;
    },
  };
}
