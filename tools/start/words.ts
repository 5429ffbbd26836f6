import type { LaunchPlan } from './plan-launch.ts';

export type Running = {
  readonly plan: LaunchPlan;
  readonly isVirtualDisplay: boolean;
  readonly exitAfterSeconds: number | undefined;
  readonly dataFolder: string;
};

/** What the person sees now, and what to do next. */
export function sayWhatRuns(running: Running): readonly string[] {
  const { plan, exitAfterSeconds } = running;
  const lines = running.isVirtualDisplay
    ? ['Streamwall is running on a display that only exists in memory, because there is no other here.']
    : [
        'Streamwall is running in two windows: the wall is for everybody, the control window is for you.',
        'Drag a stream from the list onto the wall; ? in the control window shows every shortcut.',
      ];
  if (plan.screenshot !== undefined)
    lines.push(`A picture of the wall is written to ${plan.screenshot} as soon as it plays.`);
  lines.push(`Your walls and streams are kept in ${running.dataFolder}.`);
  lines.push(
    exitAfterSeconds === undefined
      ? 'Ctrl+C ends it; so does closing both windows.'
      : `It ends by itself after ${exitAfterSeconds} s; Ctrl+C ends it sooner.`,
  );
  return lines;
}
