import { systemClock } from '#shared/kernel/clock.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { createJsonLogger } from './json-logger.ts';
import type { TeamServer } from './connect-to-team.ts';
import { openTeamReplica, type TeamReplica } from './open-team-replica.ts';
import { readTeamSettings, type Env } from './team-settings.ts';
import type { ProgramEnding, ProgramState, TeamProgram } from './team-program.ts';
import { EXIT } from './worker-state.ts';

/** What a program does once its copy of the catalogue is in step. */
export type TeamWork = Readonly<{
  /** A sentence for the log. */
  words: string;
  state: () => ProgramState;
  stop: () => Promise<void>;
}>;

export type Surroundings = Pick<TeamReplica, 'replica' | 'sync'> &
  Readonly<{ folder: string; server: TeamServer; logger: Logger }>;

/**
 * The frame of the programs that belong to a team: a copy of the catalogue, a line to the server, and work that begins when
 * both are in step. A copy that never met its team knows nothing of what others have done.
 */
export async function runTeamProgram(
  name: string,
  env: Env,
  begin: (surroundings: Surroundings) => Promise<TeamWork> | TeamWork,
): Promise<Result<TeamProgram, ProgramEnding>> {
  const team = readTeamSettings(env);
  if (!team.ok) return fail({ code: EXIT.misconfigured, words: team.error });
  const logger = createJsonLogger({ worker: name });
  const { folder, server } = team.value;
  const opened = await openTeamReplica({ name, ...team.value, clock: systemClock, logger });
  if (!opened.ok) return fail({ code: EXIT.inUse, words: opened.error });
  const { replica, sync, inStep, turnedAway, stop: closeCopy } = opened.value;

  let work: TeamWork | undefined;
  let isStopped = false;
  const beginning = inStep.then(async () => {
    if (isStopped) return '';
    work = await begin({ replica, sync, folder, server, logger });
    return work.words;
  });
  return ok({
    atWork: beginning,
    state: () => stateOf(sync.state().line, work),
    ended: Promise.race([
      turnedAway.then((words) => ({ code: EXIT.turnedAway, words })),
      beginning.then(
        () => new Promise<never>(() => undefined),
        (error: unknown) => ({ code: EXIT.crashed, words: `It could not begin: ${String(error)}` }),
      ),
    ]),
    async stop() {
      isStopped = true;
      // Without a server it never begins, and is not waited for.
      if (work !== undefined) await work.stop();
      await closeCopy();
    },
  });
}

type Line = ReturnType<Surroundings['sync']['state']>['line'];

/** Work goes on without the server; whoever watches is told all the same. */
function stateOf(line: Line, work: TeamWork | undefined): ProgramState {
  const words = 'words' in line ? line.words : undefined;
  if (work === undefined)
    return { isWell: false, words: words ?? 'It waits for the server’s catalogue.', metrics: [] };
  const state = work.state();
  if (line.type === 'in-step') return state;
  return { ...state, isWell: false, words: words ?? `The line to the server is ${line.type}.` };
}
