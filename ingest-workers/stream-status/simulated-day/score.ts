import type { StreamStatus } from '#shared/model/stream.ts';
import type { DayRecord, Shown } from './record.ts';
import { DAY_MS, type SimulatedStream, type World } from './world.ts';

export type Score = Readonly<{
  /** From the moment that the platform says it until it is shown, ms; starts and ends alike. */
  detectionP50: number;
  detectionP95: number;
  startP95: number;
  endP95: number;
  transitions: number;
  /** Shown live while it is not, or not live while it is. Minutes of all streams together. */
  wrongMinutes: number;
  /** Shown as unknown. Minutes of all streams together. */
  unknownMinutes: number;
  /** How often a live stream was shown live, and then as over for longer than `falseOfflineMs`. */
  falseOffline: number;
}>;

/** How well a day was shown, of the streams that count. A change that was never shown counts as late as the next change. */
export function scoreDay(
  { streams }: World,
  record: DayRecord,
  counts: (stream: SimulatedStream) => boolean,
  falseOfflineMs: number,
): Score {
  const starts: number[] = [];
  const ends: number[] = [];
  let wrongMs = 0;
  let unknownMs = 0;
  let falseOffline = 0;
  for (const stream of streams.filter(counts)) {
    const shown = record.of(stream.subject.id);
    for (const { from, to, isLive } of changesOf(stream)) {
      if (to - from < 3 * 60_000 || from === 0) continue;
      (isLive ? starts : ends).push(firstRight(shown, from, to, isLive) - from);
    }
    for (const { from, to, status, isLive } of overlaps(stream, shown)) {
      if (status === 'unknown') unknownMs += to - from;
      else if ((status === 'live') !== isLive) wrongMs += to - from;
    }
    falseOffline += countFalseOffline(stream, shown, falseOfflineMs);
  }
  const all = [...starts, ...ends];
  return {
    detectionP50: percentile(all, 0.5),
    detectionP95: percentile(all, 0.95),
    startP95: percentile(starts, 0.95),
    endP95: percentile(ends, 0.95),
    transitions: all.length,
    wrongMinutes: wrongMs / 60_000,
    unknownMinutes: unknownMs / 60_000,
    falseOffline,
  };
}

type Change = { readonly from: number; readonly to: number; readonly isLive: boolean };

/** The day as stretches of live and not live. */
function changesOf({ live }: SimulatedStream): readonly Change[] {
  const changes: Change[] = [];
  let at = 0;
  for (const { from, to } of live) {
    if (from > at) changes.push({ from: at, to: from, isLive: false });
    changes.push({ from, to, isLive: true });
    at = to;
  }
  if (at < DAY_MS) changes.push({ from: at, to: DAY_MS, isLive: false });
  return changes;
}

function firstRight(shown: readonly Shown[], from: number, to: number, isLive: boolean): number {
  const isRight = (status: StreamStatus) => (status === 'live') === isLive && status !== 'unknown';
  const before = shown.findLast(({ at }) => at <= from);
  if (before !== undefined && isRight(before.status)) return from;
  return shown.find(({ at, status }) => at > from && at < to && isRight(status))?.at ?? to;
}

type Overlap = Change & { readonly status: StreamStatus };

function overlaps(stream: SimulatedStream, shown: readonly Shown[]): readonly Overlap[] {
  const stretches = shown.map(({ at, status }, n) => ({ from: at, to: shown[n + 1]?.at ?? DAY_MS, status }));
  return changesOf(stream).flatMap((change) =>
    stretches
      .map(({ from, to, status }) => ({
        from: Math.max(from, change.from),
        to: Math.min(to, change.to),
        status,
        isLive: change.isLive,
      }))
      .filter(({ from, to }) => to > from),
  );
}

function countFalseOffline(stream: SimulatedStream, shown: readonly Shown[], longerThanMs: number): number {
  return shown.filter(({ at, status }, n) => {
    if (status === 'live' || status === 'unknown' || shown[n - 1]?.status !== 'live') return false;
    const span = stream.live.find(({ from, to }) => at >= from && at < to);
    const until = Math.min(shown[n + 1]?.at ?? DAY_MS, span?.to ?? 0);
    return span !== undefined && until - at > longerThanMs;
  }).length;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
