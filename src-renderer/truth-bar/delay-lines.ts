import type { DelayMark, HeardDelay } from '#shared/protocol/delay-state.ts';
import type { ControlMirror } from '../stores/control-mirror.ts';

/** A Streamdelay server behind this wall, and how it is asked. */
export type DelayLine = Readonly<{
  at: DelayMark | 'here';
  /** The machine elsewhere that speaks with it; empty for this one, and where that has no name. */
  machine: string;
  heard: HeardDelay;
}>;

/** This machine's own first, then those of other machines that show the wall. */
export function delayLines({
  delay,
  farDelays,
}: Pick<ControlMirror, 'delay' | 'farDelays'>): readonly DelayLine[] {
  const own: readonly DelayLine[] =
    delay === null || delay.type === 'off' ? [] : [{ at: 'here', machine: '', heard: delay }];
  return [...own, ...farDelays];
}
