import type { Clock } from '#shared/kernel/clock.ts';
import type { TeamConnection } from '../team/team-connection.ts';
import type { StatusTeam } from './status-checker.ts';

/** What the status checker of a desk sees of its team, and shows it. */
export function createStatusTeam(
  team: Pick<TeamConnection, 'state' | 'role' | 'workers' | 'showWork'>,
  clock: Clock,
): StatusTeam {
  const checkers: StatusTeam['checkers'] = () =>
    team.workers().flatMap(({ checker }) => (checker === undefined ? [] : [checker]));
  return {
    isAlone: () => team.state().type === 'alone',
    mayWrite: () => ['admin', 'operator'].includes(team.role()),
    checkers,
    showChecker: (shown) => {
      team.showWork({ checker: shown?.checker, reads: shown?.reads });
    },
    askNow: (ids) => {
      if (checkers().length === 0) return false;
      team.showWork({ checkNow: { ids: [...ids], n: clock.nowMs() } });
      return true;
    },
  };
}
