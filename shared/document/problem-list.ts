import { MAX_LISTED_PROBLEMS } from './limits.ts';
import { samePlain } from './stored-value.ts';
import type { CatalogueView, Problem } from './view.ts';

type ProblemSource = {
  readonly problems: () => Iterable<Problem>;
  /** Another number whenever `problems` may give something else. */
  readonly problemVersion: () => number;
};

/** What of a document is not shown: the first of it by name, all of it by number. The same object while nothing changed. */
export function createProblemList(sources: readonly ProblemSource[]) {
  let version = '';
  let listed: Pick<CatalogueView, 'problems' | 'problemCounts'> = { problems: [], problemCounts: {} };
  return {
    list(): Pick<CatalogueView, 'problems' | 'problemCounts'> {
      const current = sources.map((source) => source.problemVersion()).join();
      if (current === version) return listed;
      version = current;
      const all = sources.flatMap((source) => [...source.problems()]);
      if (all.length === 0 && listed.problems.length === 0) return listed;
      const now = summarize(all);
      if (!samePlain(now, listed)) listed = now;
      return listed;
    },
  };
}

function summarize(all: Problem[]): Pick<CatalogueView, 'problems' | 'problemCounts'> {
  const problemCounts: Record<string, number> = {};
  for (const { reason } of all) problemCounts[reason] = (problemCounts[reason] ?? 0) + 1;
  const order = ({ root, id, reason }: Problem) => `${root} ${id} ${reason}`;
  const problems = all.sort((a, b) => (order(a) < order(b) ? -1 : 1)).slice(0, MAX_LISTED_PROBLEMS);
  return { problems, problemCounts };
}
