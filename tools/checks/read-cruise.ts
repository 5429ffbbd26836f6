import { z } from 'zod';

const Cruise = z.object({
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        rule: z.object({ name: z.string() }),
        cycle: z.array(z.object({ name: z.string() })).optional(),
      }),
    ),
    ruleSetUsed: z.object({
      forbidden: z.array(z.object({ name: z.string(), comment: z.string().optional() })),
    }),
  }),
});

export type Arrows = { readonly modules: number; readonly problems: readonly string[] };

/**
 * Reads dependency-cruiser's JSON report into one line a forbidden arrow, with the reason of its rule.
 * A cruise that saw no module is a problem too: that is how it ends when it cannot read the language.
 */
export function readCruise(report: unknown): Arrows {
  const { totalCruised, violations, ruleSetUsed } = Cruise.parse(report).summary;
  const reasons = new Map(ruleSetUsed.forbidden.map((rule) => [rule.name, rule.comment ?? '']));
  const problems = violations.map(({ from, to, rule, cycle }) => {
    const arrow =
      cycle === undefined
        ? from === to
          ? from
          : `${from} → ${to}`
        : [from, ...cycle.map((at) => at.name)].join(' → ');
    return `${arrow}\n  ${rule.name}: ${reasons.get(rule.name) ?? ''}`;
  });
  if (totalCruised === 0)
    problems.push('no module was looked at: dependency-cruiser cannot read the sources');
  return { modules: totalCruised, problems };
}
