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

type Answer<T> = {
  readonly path: string;
  readonly value: T | undefined;
  readonly problem: string | undefined;
};

/** A refusal takes nothing away that was answered before. */
const answerTo = <T>(path: string, result: Result<T, string>, before: Answer<T> | undefined): Answer<T> =>
  result.ok
    ? { path, value: result.value, problem: undefined }
    : { path, value: before?.path === path ? before.value : undefined, problem: result.error };

/**
 * What the server answers at a path; asked again every `everyMs`, if it is given. The last answer stays while it is asked,
 * and beside the problem when that is refused.
 */
export function useAsked<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  everyMs?: number,
): Asked<z.infer<Schema>> {
  const { api } = useAdmin();
  const [answer, setAnswer] = useState<Answer<z.infer<Schema>>>();
  const [round, setRound] = useState(0);
  const reload = useCallback(() => setRound((count) => count + 1), []);
  useEffect(() => {
    let isLeft = false;
    void api.read(path, schema).then((result) => {
      if (!isLeft) setAnswer((before) => answerTo(path, result, before));
    });
    const timer = everyMs === undefined ? undefined : setTimeout(reload, everyMs);
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [api, path, schema, everyMs, round, reload]);
  const current = answer?.path === path ? answer : undefined;
  return { value: current?.value, problem: current?.problem, reload };
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
