import { systemClock } from '#shared/kernel/clock.ts';
import { fail } from '#shared/kernel/result.ts';
import { runTeamProgram, type Surroundings, type TeamWork } from '../run-team-program.ts';
import { createSafeFetch } from '../safe-fetch/create-safe-fetch.ts';
import type { StartProgram } from '../team-program.ts';
import { systemTimers } from '../timers.ts';
import { watchSwitches } from '../watch-switches.ts';
import { EXIT } from '../worker-state.ts';
import { createRoutes } from './create-routes.ts';
import { createStatusChecker } from './create-status-checker.ts';
import { openPush } from './open-push.ts';
import { readStatusSettings, type StatusSettings } from './status-settings.ts';

/** The status checker of a team, for a supervisor or a process of its own. Any number of these divide the streams. */
export const runStatus: StartProgram = async (env) => {
  const settings = readStatusSettings(env);
  if (!settings.ok) return fail({ code: EXIT.misconfigured, words: settings.error });
  return runTeamProgram('status', env, (surroundings) => begin(settings.value, surroundings));
};

function begin(settings: StatusSettings, { replica, sync, server, logger }: Surroundings): TeamWork {
  const { localOrigins, standIns, keys, policy } = settings;
  const web = createSafeFetch({ clock: systemClock, localOrigins, standIns });
  const tools = { fetch: web.fetch, clock: systemClock };
  const presence = sync.presence('catalogue');
  const switches = watchSwitches(server, { ask: fetch, timers: systemTimers, logger });
  const checker = createStatusChecker({
    name: replica.id,
    catalogue: replica,
    presence: {
      show: (state) =>
        presence.setOwn(state === null ? null : { name: 'status checker', worker: 'status', ...state }),
      others: presence.others,
    },
    routes: createRoutes(tools, keys),
    push: openPush(tools, settings),
    policy,
    switches,
    clock: systemClock,
    timers: systemTimers,
    random: Math.random,
    logger,
  });
  return {
    words: `checking as ${replica.id}`,
    state: () => {
      const words = switches.paused();
      return { isWell: true, ...(words === undefined ? {} : { words }), metrics: [...checker.metrics()] };
    },
    async stop() {
      switches.stop();
      await checker.stop();
      web.close();
    },
  };
}
