import type { Target } from './raw-client.ts';

/** What the bench asks its process of clients to do, once. */
export type Task = {
  readonly step: 'a' | 'b' | 'b8' | 'c' | 'd-warm' | 'd-cold' | 'f' | 'g' | 'h-load' | 'h-check';
  /** The instances of one server. */
  readonly targets: readonly Target[];
  readonly databasePids: readonly number[];
  /** A name that no other pass uses. */
  readonly pass: string;
  readonly seconds: number;
  readonly scale: number;
};

export type TaskAnswer =
  | { readonly type: 'done'; readonly figures: Readonly<Record<string, number>>; readonly marks?: KillMarks }
  | { readonly type: 'failed'; readonly why: string };

/** Edits by their marks. */
export type KillMarks = {
  readonly saved: readonly string[] | null;
  readonly seen: readonly string[];
  readonly kept: readonly string[];
};

/** Clients spread over the instances; who listens sits on another one than who writes. */
export const instanceOf = <T>(targets: readonly T[], i: number): T => {
  const target = targets[i % targets.length];
  if (target === undefined) throw new Error('no server to connect to');
  return target;
};

export const scaled = (count: number, scale: number): number => Math.max(2, Math.round(count * scale));

export const wait = async (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
