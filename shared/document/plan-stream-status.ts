import { fail, ok, type Result } from '../kernel/result.ts';
import type { StreamId } from '../model/ids.ts';
import type { StreamStatus } from '../model/stream.ts';
import type { Refusal } from '../protocol/refusal.ts';
import { clearField, isPerson, setField } from './catalogue-plan.ts';
import type { CommandContext, Op } from './op.ts';
import type { Plain } from './stored-value.ts';
import { storedStatus } from './stream-status.ts';
import type { StreamView } from './view.ts';

/** A status that somebody says. `until` is how long a person's word holds against checkers. */
export type SaidStatus = {
  readonly status: StreamStatus;
  readonly reason: string | undefined;
  readonly until: number | undefined;
};

/** A stream that is back within this time goes on; its beginning stays. */
const SAME_BROADCAST_MS = 30 * 60_000;

/**
 * The ops that write a status down, with the times that follow from it. Empty when it is so already: what merely ticks
 * stays out of the document. A checker is refused while a person's word holds.
 */
export function planStatus(
  record: StreamId,
  shown: StreamView | undefined,
  said: SaidStatus,
  context: CommandContext,
): Result<readonly Op[], Refusal> {
  const { nowMs, actor } = context;
  const manualUntil = shown?.manualUntil;
  if (manualUntil !== undefined && nowMs < manualUntil && !isPerson(context)) {
    const until = new Date(manualUntil).toISOString();
    const message = `A person set the status of this stream until ${until}; until then checks do not change it.`;
    return fail({ reason: 'forbidden', message, retryable: true });
  }
  const isSame =
    shown?.status === said.status && shown.statusReason === said.reason && manualUntil === said.until;
  if (isSame && shown.statusAt !== undefined) return ok([]);
  const set = (field: string, value: Plain) => setField('streams', record, field, value);
  const clear = (field: string) => clearField('streams', record, field);
  const status = storedStatus(said.status, nowMs, actor, said.reason);
  const word =
    said.until === undefined
      ? [set('status', status), ...(manualUntil === undefined ? [] : [clear('manual')])]
      : [set('manual', { ...(status as object), until: said.until })];
  return ok([
    ...word,
    ...timesOf(shown, said.status, nowMs).map(([field, at]) => (at === null ? clear(field) : set(field, at))),
  ]);
}

/** When the broadcast began and ended, as far as this change of status says. */
function timesOf(
  shown: StreamView | undefined,
  status: StreamStatus,
  nowMs: number,
): readonly (readonly [string, number | null])[] {
  const { startedAt, endedAt } = shown ?? {};
  const isRunning = startedAt !== undefined && endedAt === undefined;
  if (status === 'live' && shown?.status !== 'live') {
    const goesOn =
      isRunning || (startedAt !== undefined && endedAt !== undefined && nowMs - endedAt < SAME_BROADCAST_MS);
    return [
      ...(goesOn ? [] : [['startedAt', nowMs] as const]),
      ...(endedAt === undefined ? [] : [['endedAt', null] as const]),
      ['lastLiveAt', nowMs],
    ];
  }
  if (status !== 'offline' && status !== 'gone') return [];
  return [
    ...(isRunning ? [['endedAt', nowMs] as const] : []),
    ...(shown?.status === 'live' ? [['lastLiveAt', nowMs] as const] : []),
  ];
}
