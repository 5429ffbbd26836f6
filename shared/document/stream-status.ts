import type { ActorId } from '../model/ids.ts';
import { StreamStatus } from '../model/stream.ts';
import { isActor, isOneOf, isText, isTime } from './field-checks.ts';
import type { Plain } from './stored-value.ts';

/**
 * A stream's status is stored as ONE value with who said it, when and why, so that two who speak at once are never mixed.
 * What a person has set until some time stands in a field of its own; so no checker's word can replace it unseen.
 */
export type StoredStatus = {
  readonly is: StreamStatus;
  /** Milliseconds since 1970 UTC, as the speaker's machine believed. */
  readonly at: number;
  readonly by: ActorId;
  readonly why?: string;
};

/** Holds against every checker that speaks before `until`. */
export type StoredManual = StoredStatus & { readonly until: number };

/** The fields of a stream view that a status makes. */
export type ShownStatus = {
  readonly status: StreamStatus;
  readonly statusReason?: string;
  readonly statusAt?: number;
  readonly statusBy?: ActorId;
  /** Until when a person's word counts for more; it may lie in the past while no checker has spoken since. */
  readonly manualUntil?: number;
};

const isStatus = isOneOf(StreamStatus.options);
const isReason = isText(500);

export function readStatus(value: unknown): StoredStatus | null {
  if (typeof value !== 'object' || value === null) return null;
  const { is, at, by, why } = value as Record<string, unknown>;
  if (!isStatus(is) || !isTime(at) || !isActor(by) || !(why === undefined || isReason(why))) return null;
  const read = { is, at, by } as StoredStatus;
  return why === undefined ? read : { ...read, why: why as string };
}

export function readManual(value: unknown): StoredManual | null {
  const status = readStatus(value);
  const until = status === null ? null : (value as { until?: unknown }).until;
  return status !== null && isTime(until) ? { ...status, until: until as number } : null;
}

/** A person's word counts, until a checker speaks after its time. */
export function shownStatus(checked: StoredStatus | null, manual: StoredManual | null): ShownStatus {
  const counts = manual !== null && (checked === null || checked.at < manual.until) ? manual : checked;
  if (counts === null) return { status: 'unknown' };
  return {
    status: counts.is,
    statusAt: counts.at,
    statusBy: counts.by,
    ...(counts.why === undefined ? {} : { statusReason: counts.why }),
    ...(counts === manual ? { manualUntil: manual.until } : {}),
  };
}

export function storedStatus(is: StreamStatus, at: number, by: ActorId, why: string | undefined): Plain {
  return why === undefined ? { is, at, by } : { is, at, by, why };
}
