import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Intervals, Policy } from './policy.ts';

const LEAST_S = 10;
const MOST_S = 7 * 24 * 60 * 60;

/**
 * The policy with an operator's own intervals: `live=120,recent=900,batched.dead=600`, in seconds. Without `single.` or
 * `batched.` before it a name counts for both. @returns or a sentence that names what cannot be read
 */
export function readIntervals(text: string, policy: Policy): Result<Policy, string> {
  const changed = { single: { ...policy.single }, batched: { ...policy.batched } };
  for (const part of text.split(',').filter((each) => each.trim() !== '')) {
    const [, group, name = '', digits] =
      /^\s*(?:(single|batched)\.)?(\w+)\s*=\s*(\d{1,7})\s*$/.exec(part) ?? [];
    const seconds = Number(digits);
    if (!isInterval(name, policy.single) || !(seconds >= LEAST_S && seconds <= MOST_S))
      return fail(
        `STATUS_INTERVALS cannot be read at “${part.trim().slice(0, 60)}”: write it as live=120,batched.dead=600, in seconds from ${LEAST_S} on, with ${Object.keys(policy.single).join(', ')}.`,
      );
    if (group !== 'batched') changed.single[name] = seconds * 1000;
    if (group !== 'single') changed.batched[name] = seconds * 1000;
  }
  return ok({ ...policy, ...changed });
}

const isInterval = (name: string, intervals: Intervals): name is keyof Intervals =>
  Object.hasOwn(intervals, name);
