import type { Request } from 'express';

/** What a request did, in the words of whoever did it. What is secret does not belong here. */
export type NotedChange = {
  /** As `user.changed`; without it, which request it was. */
  readonly action?: string;
  /** As `user:12`. */
  readonly target: string;
  readonly before?: unknown;
  readonly after?: unknown;
  /** When it is not whoever is signed in. */
  readonly actor?: string;
  /** Of what may come so often that it is summed up: an example. */
  readonly counted?: string;
};

const listeners = new WeakMap<Request, (change: NotedChange) => void>();

/** Leaves word of what a request did, for the audit: at once, as whoever asked may have gone without waiting for the answer. */
export function noteChange(request: Request, change: NotedChange): void {
  listeners.get(request)?.(change);
}

/** Hears of what a request does. */
export function hearChanges(request: Request, listener: (change: NotedChange) => void): void {
  listeners.set(request, listener);
}
