import type { Request } from 'express';
import type { ActorId } from '#shared/model/ids.ts';

/** What a request did, in the words of whoever did it. What is secret does not belong here. */
export type NotedChange = {
  /** As `user.changed`. */
  readonly action: string;
  /** As `user:12`. */
  readonly target: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** When it is not whoever is signed in. */
  readonly actor?: ActorId;
};

const NOTED = 'change';

/** Leaves word of what a request did, for the audit. */
export function noteChange(request: Request, change: NotedChange): void {
  if (request.res !== undefined) request.res.locals[NOTED] = change;
}
