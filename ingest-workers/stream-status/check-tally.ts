import type { NoAnswerCause } from './reading.ts';
import type { Readings } from './status-route.ts';

/** What a checker has done since it started. */
export type CheckTally = {
  readonly note: (host: string, readings: Readings) => void;
  readonly checked: () => number;
  readonly failed: () => number;
  readonly asked: () => number;
  /** Requests by host. */
  readonly requests: () => ReadonlyMap<string, number>;
  /** Readings that were no answer, by host and cause. */
  readonly noAnswers: () => readonly Readonly<{ host: string; cause: NoAnswerCause; count: number }>[];
};

/** Hosts beyond this many are counted as one: links lead anywhere. */
const MAX_HOSTS = 100;
export const OTHER_HOSTS = 'others';

export function createCheckTally(): CheckTally {
  const requests = new Map<string, number>();
  const failures = new Map<string, Map<NoAnswerCause, number>>();
  let [asked, checked, failed] = [0, 0, 0];
  return {
    note(host, readings) {
      const name = requests.has(host) || requests.size < MAX_HOSTS ? host : OTHER_HOSTS;
      requests.set(name, (requests.get(name) ?? 0) + 1);
      asked += 1;
      checked += readings.size;
      for (const reading of readings.values()) {
        if (reading.type === 'answer') continue;
        failed += 1;
        const causes = failures.get(name) ?? new Map<NoAnswerCause, number>();
        failures.set(name, causes.set(reading.cause, (causes.get(reading.cause) ?? 0) + 1));
      }
    },
    asked: () => asked,
    checked: () => checked,
    failed: () => failed,
    requests: () => requests,
    noAnswers: () =>
      [...failures].flatMap(([host, causes]) =>
        [...causes].map(([cause, count]) => ({ host, cause, count })),
      ),
  };
}
