import type { Request } from 'express';

/** What a request did, in the words of whoever did it. What is secret does not belong here. */
export type NotedChange = {
  /** As `user.changed`. */
  readonly action: string;
  /** As `user:12`. */
  readonly target: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** When it is not whoever is signed in. */
  readonly actor?: string;
  /** Whether it may come so often that it is summed up. */
  readonly isCounted?: boolean;
};

const noted = new WeakMap<Request, NotedChange>();

/** Leaves word of what a request did, for the audit. */
export function noteChange(request: Request, change: NotedChange): void {
  noted.set(request, change);
}

export const notedChange = (request: Request): NotedChange | undefined => noted.get(request);
