import { median } from './statistics.ts';

/** What is compared with what: our server in one form, and the peers that can do the same. */
export type Setting = 'embedded' | 'postgres' | 'instances';

/** One pass of one scenario at one server. Times in ms, processor time in µs, memory in MB; what was not measured is missing. */
export type Figures = Readonly<Record<string, number>>;

export type Measurement = {
  readonly scenario: string;
  readonly server: string;
  readonly setting: Setting;
  readonly isOurs: boolean;
  readonly figures: Figures;
};

type Comparison = {
  readonly scenario: string;
  readonly figure: string;
  readonly better: 'less' | 'more';
};

/** What the last line of the bench says: above 1, ours is better than the better peer. */
export const COMPARISONS = {
  a: { scenario: 'a', figure: 'median', better: 'less' },
  b: { scenario: 'b', figure: 'seenPerSecond', better: 'more' },
  bCpu: { scenario: 'b', figure: 'cpuPerEdit', better: 'less' },
  b8: { scenario: 'b8', figure: 'seenPerSecond', better: 'more' },
  c: { scenario: 'c', figure: 'median', better: 'less' },
  d1: { scenario: 'd', figure: 'one', better: 'less' },
  d50: { scenario: 'd', figure: 'fifty', better: 'less' },
  d50cold: { scenario: 'd', figure: 'fiftyCold', better: 'less' },
  fCpu: { scenario: 'f', figure: 'cpuPerSeen', better: 'less' },
  gOld: { scenario: 'g', figure: 'withState', better: 'less' },
  gNew: { scenario: 'g', figure: 'asNew', better: 'less' },
} as const satisfies Record<string, Comparison>;

export type RatioName = keyof typeof COMPARISONS;
export type Ratios = Readonly<Partial<Record<RatioName, number>>>;

/** @returns per comparison the ratio to the better peer of that setting; missing where one of the two was not measured */
export function ratiosOf(measurements: readonly Measurement[], setting: Setting): Ratios {
  const ratios: Partial<Record<RatioName, number>> = {};
  for (const name of namesOf(COMPARISONS)) {
    const { scenario, figure, better } = COMPARISONS[name];
    const medians = new Map<string, { isOurs: boolean; value: number }>();
    const passes = measurements.filter((one) => one.scenario === scenario && one.setting === setting);
    for (const { server, isOurs } of passes) {
      const values = passes.flatMap((one) => (one.server === server ? (one.figures[figure] ?? []) : []));
      if (values.length > 0) medians.set(server, { isOurs, value: median(values) });
    }
    const of = (ours: boolean): number[] =>
      [...medians.values()].flatMap(({ isOurs, value }) => (isOurs === ours ? [value] : []));
    const [ours] = of(true);
    const peers = of(false);
    if (ours === undefined || peers.length === 0) continue;
    ratios[name] = better === 'less' ? Math.min(...peers) / ours : ours / Math.max(...peers);
  }
  return ratios;
}

/** Of each comparison the lowest ratio of all settings that have it. */
export function lowestOf(all: readonly Ratios[]): Ratios {
  const lowest: Partial<Record<RatioName, number>> = {};
  for (const ratios of all) {
    for (const name of namesOf(COMPARISONS)) {
      const ratio = ratios[name];
      if (ratio !== undefined) lowest[name] = Math.min(ratio, lowest[name] ?? Infinity);
    }
  }
  return lowest;
}

/** Edits that our servers lost although they had said `saved`, or although another client had seen them; over all passes. */
export function lostOf(measurements: readonly Measurement[]): { saved: number | null; seen: number | null } {
  const ours = measurements.filter(({ isOurs, scenario }) => isOurs && scenario === 'h');
  const sum = (figure: string): number | null => {
    const values = ours.flatMap(({ figures }) => figures[figure] ?? []);
    return values.length === 0 ? null : values.reduce((all, one) => all + one, 0);
  };
  return { saved: sum('savedAndLost'), seen: sum('seenAndLost') };
}

/** The line that programs read. A ratio that was not measured is null. */
export function toJson(measurements: readonly Measurement[], settings: readonly Setting[]): string {
  const lowest = lowestOf(settings.map((setting) => ratiosOf(measurements, setting)));
  const ratios = Object.fromEntries(
    namesOf(COMPARISONS).map((name) => {
      const ratio = lowest[name];
      return [name, ratio === undefined ? null : Math.round(ratio * 100) / 100];
    }),
  );
  return JSON.stringify({ ratios, lost: lostOf(measurements) });
}

function namesOf(record: typeof COMPARISONS): RatioName[] {
  return (Object.keys(record) as RatioName[]).filter((name) => name in record);
}
