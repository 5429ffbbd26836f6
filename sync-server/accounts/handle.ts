import { z } from 'zod';

/** What somebody's rights hang on, and end with: a service key, or a session of a person. */
export const Handle = z
  .string()
  .regex(/^(?:key|session):[a-z0-9]{12}$/)
  .brand<'Handle'>();
export type Handle = z.infer<typeof Handle>;

export const keyHandle = (id: string): Handle => Handle.parse(`key:${id}`);
export const sessionHandle = (id: string): Handle => Handle.parse(`session:${id}`);

/** The ids of those handles that are of a kind. */
export function idsOf(kind: 'key' | 'session', handles: readonly Handle[]): readonly string[] {
  return handles.flatMap((handle) => (handle.startsWith(`${kind}:`) ? [handle.slice(kind.length + 1)] : []));
}
