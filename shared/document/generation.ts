import type { ReplicaId } from '../model/ids.ts';

/**
 * The key of a generation: the day (three characters of base 36, days since 1970 UTC) and the replica that owns it.
 * Only the owner ever makes a generation under it, so no two replicas can set a shared type under one key.
 */
const SHAPE = /^([0-9a-z]{3})#([0-9a-z]{8})$/;
const DAY_MS = 86_400_000;
const LAST_DAY = 36 ** 3 - 1;

export function generationKey(nowMs: number, replica: ReplicaId): string {
  const day = Math.min(Math.max(Math.floor(nowMs / DAY_MS), 0), LAST_DAY);
  return `${day.toString(36).padStart(3, '0')}#${replica}`;
}

export function isGenerationKey(key: string): boolean {
  return key.length === 12 && SHAPE.test(key);
}

/** Days since 1970 UTC, as the owner's machine believed. */
export function generationDay(key: string): number {
  return Number.parseInt(key.slice(0, 3), 36);
}
