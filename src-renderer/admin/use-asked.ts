import { createContext, useCallback, useContext, useEffect, useState } from 'react';
import type { z } from 'zod';
import type { Result } from '#shared/kernel/result.ts';
import type { AdminApi } from './admin-api.ts';
import type { ImportRun } from './import-run.ts';
import { messages } from './messages.ts';

/** What pages work with: the API, a line in which they say what came of it, and the import that may be under way. */
export type Admin = {
  readonly api: AdminApi;
  readonly say: (words: string) => void;
  readonly imports: ImportRun;
};

const AdminContext = createContext<Admin | null>(null);
export const AdminProvider = AdminContext.Provider;

export function useAdmin(): Admin {
  const admin = useContext(AdminContext);
  if (admin === null) throw new Error('useAdmin outside of AdminProvider');
  return admin;
}

export type Asked<T> = {
  readonly value: T | undefined;
  readonly problem: string | undefined;
  readonly reload: () => void;
};

/** What the server answers at a path; asked again every `everyMs`, if it is given. The last answer stays while it is asked. */
export function useAsked<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  everyMs?: number,
): Asked<z.infer<Schema>> {
  const { api } = useAdmin();
  const [answer, setAnswer] = useState<{ path: string; result: Result<z.infer<Schema>, string> }>();
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((count) => count + 1), []);
  useEffect(() => {
    let isLeft = false;
    void api.read(path, schema).then((result) => !isLeft && setAnswer({ path, result }));
    const timer = everyMs === undefined ? undefined : setTimeout(reload, everyMs);
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [api, path, schema, everyMs, round, reload]);
  const result = answer?.path === path ? answer.result : undefined;
  return {
    value: result?.ok === true ? result.value : undefined,
    problem: result?.ok === false ? result.error : undefined,
    reload,
  };
}

/** Does something over the API and says what came of it. @returns what was answered; undefined when it was refused */
export function useAct(): <T>(
  work: Promise<Result<T, string>>,
  words?: string,
) => Promise<{ readonly answer: T } | undefined> {
  const { say } = useAdmin();
  return async (work, words = messages.done) => {
    const result = await work;
    say(result.ok ? words : result.error);
    return result.ok ? { answer: result.value } : undefined;
  };
}
