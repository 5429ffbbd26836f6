import type { ShownChecker } from '#shared/protocol/worker-presence.ts';
import { counter, gauge, type Metric } from '../team-program.ts';
import type { CheckTally } from './check-tally.ts';
import type { HostState } from './host-state.ts';

/** A checker's numbers, for whoever watches over it. */
export function statusMetrics(
  shown: ShownChecker,
  tally: CheckTally,
  hosts: ReadonlyMap<string, HostState>,
  nowMs: number,
): readonly Metric[] {
  const resting = [...hosts].filter(([, { restsUntil }]) => restsUntil > nowMs).slice(0, 100);
  return [
    gauge('status_streams', 'Streams that this checker looks after.', shown.streams),
    counter('status_checked_total', 'Streams that were read.', shown.checked),
    counter('status_changed_total', 'Changes that were written to the catalogue.', shown.changed),
    {
      ...{ name: 'status_requests_total', type: 'counter', help: 'Requests by host.' },
      values: [...tally.requests()].map(([host, value]) => ({ labels: { host }, value })),
    },
    {
      ...{ name: 'status_no_answer_total', type: 'counter', help: 'Streams that got no answer.' },
      values: tally.noAnswers().map(({ host, cause, count }) => ({ labels: { host, cause }, value: count })),
    },
    gauge('status_queue', 'Streams that are due and wait for their host.', shown.queue),
    gauge('status_lag_seconds', 'By how much the latest of them is late.', shown.lagMs / 1000),
    {
      ...{
        name: 'status_host_rests_seconds',
        type: 'gauge',
        help: 'Hosts that are left alone, how long yet.',
      },
      values: resting.map(([host, { restsUntil }]) => ({
        labels: { host },
        value: Math.ceil((restsUntil - nowMs) / 1000),
      })),
    },
    {
      ...{ name: 'status_push_channels', type: 'gauge', help: 'Channels whose platform tells of itself.' },
      values: shown.push.map(({ platform, state, channels }) => ({
        labels: { platform, state },
        value: channels,
      })),
    },
  ];
}
