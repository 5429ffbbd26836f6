import { systemClock } from '#shared/kernel/clock.ts';
import { createJsonLogger } from '../json-logger.ts';
import { openTeamReplica } from '../open-team-replica.ts';
import { createSafeFetch } from '../safe-fetch/create-safe-fetch.ts';
import { readTeamSettings } from '../team-settings.ts';
import { systemTimers } from '../timers.ts';
import { EXIT } from '../worker-state.ts';
import { createRoutes } from './create-routes.ts';
import { createStatusChecker } from './create-status-checker.ts';
import { defaultPolicy } from './policy.ts';
import { readStatusSettings } from './status-settings.ts';

/** `npm run ingest:status`: asks whether the team's streams are live. Any number of these divide the streams. */
const team = readTeamSettings(process.env);
const settings = readStatusSettings(process.env);
if (!team.ok || !settings.ok) {
  console.error(team.ok ? (settings.ok ? '' : settings.error) : team.error);
  process.exit(EXIT.misconfigured);
}
const logger = createJsonLogger({ worker: 'status' });
const opened = await openTeamReplica({ name: 'status', ...team.value, clock: systemClock, logger });
if (!opened.ok) {
  console.error(opened.error);
  process.exit(EXIT.inUse);
}
const copy = opened.value;
const { replica, sync, inStep, turnedAway } = copy;
const { localOrigins, standIns, keys } = settings.value;
const web = createSafeFetch({ clock: systemClock, localOrigins, standIns });

/** What has been started so far, the last first when it ends. */
const stops: (() => Promise<void>)[] = [copy.stop];
let isStopping = false;
async function stop(code: number): Promise<void> {
  if (isStopping) process.exit(EXIT.crashed);
  isStopping = true;
  for (const stopOne of stops.reverse()) await stopOne();
  web.close();
  process.exit(code);
}
process.on('SIGTERM', () => void stop(EXIT.stopped));
process.on('SIGINT', () => void stop(EXIT.stopped));
process.on('disconnect', () => void stop(EXIT.stopped));
void turnedAway.then((words) => {
  console.error(words);
  return stop(EXIT.turnedAway);
});

// A copy that never met its team knows nothing of what others have found out.
await inStep;
const presence = sync.presence('catalogue');
const checker = createStatusChecker({
  name: replica.id,
  catalogue: replica,
  presence: {
    show: (state) =>
      presence.setOwn(state === null ? null : { name: 'status checker', worker: 'status', ...state }),
    others: presence.others,
  },
  routes: createRoutes({ fetch: web.fetch, clock: systemClock }, keys),
  policy: defaultPolicy,
  clock: systemClock,
  timers: systemTimers,
  random: Math.random,
  logger,
});
stops.push(checker.stop);
console.log(`checking as ${replica.id}`);
