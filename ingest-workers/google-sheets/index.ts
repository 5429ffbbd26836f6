import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '#shared/kernel/clock.ts';
import { createJsonLogger } from '../json-logger.ts';
import { openTeamReplica } from '../open-team-replica.ts';
import { readTeamSettings } from '../team-settings.ts';
import { systemTimers } from '../timers.ts';
import { EXIT } from '../worker-state.ts';
import { createAgreedFile } from './agreed-file.ts';
import { createSheetSync } from './create-sheet-sync.ts';
import { createGoogleSheets, ServiceAccountKey } from './googleapis-sheets.ts';
import { readSheetSettings } from './sheet-settings.ts';

/** `npm run ingest:sheet`: keeps a Google Sheet and the team's catalogue in step. One of these a sheet. */
const team = readTeamSettings(process.env);
const settings = readSheetSettings(process.env);
if (!team.ok || !settings.ok) {
  console.error(team.ok ? (settings.ok ? '' : settings.error) : team.error);
  process.exit(EXIT.misconfigured);
}
const { spreadsheetId, keyFile, policy, tabs, intervalMs, rootUrl } = settings.value;
const key = ServiceAccountKey.safeParse(
  await readFile(keyFile, 'utf8')
    .then(
      (text): unknown => JSON.parse(text),
      () => undefined,
    )
    .catch(() => undefined),
);
if (!key.success) {
  console.error(`${keyFile} is not the key file of a service account.`);
  process.exit(EXIT.misconfigured);
}
const logger = createJsonLogger({ worker: 'sheet' });
const opened = await openTeamReplica({ name: 'sheet', ...team.value, clock: systemClock, logger });
if (!opened.ok) {
  console.error(opened.error);
  process.exit(EXIT.inUse);
}
const copy = opened.value;
const { replica, sync, inStep, turnedAway } = copy;

const SHOW_MS = 4000;
/** What has been started so far, the last first when it ends. */
const stops: (() => Promise<void>)[] = [copy.stop];
let stopShowing: () => void = () => undefined;
let isStopping = false;
async function stop(code: number): Promise<void> {
  if (isStopping) process.exit(EXIT.crashed);
  isStopping = true;
  stopShowing();
  for (const stopOne of stops.reverse()) await stopOne();
  process.exit(code);
}
process.on('SIGTERM', () => void stop(EXIT.stopped));
process.on('SIGINT', () => void stop(EXIT.stopped));
process.on('disconnect', () => void stop(EXIT.stopped));
void turnedAway.then((words) => {
  console.error(words);
  return stop(EXIT.turnedAway);
});

// Compared before the team's catalogue is here, every row would look new.
await inStep;
const running = createSheetSync({
  api: createGoogleSheets({ spreadsheetId, key: key.data, ...(rootUrl === undefined ? {} : { rootUrl }) }),
  ...{ tabs, policy, catalogue: replica, clock: systemClock, timers: systemTimers, logger, intervalMs },
  agreed: createAgreedFile(
    join(team.value.folder, 'sheet', `agreed-${spreadsheetId.replace(/\W/g, '_')}.json`),
  ),
});

stops.push(running.stop);

/** What the control room sees of the sheet. */
function show(): void {
  const { conflicts, problems, trouble, waiting, inStepAt, nextAt } = running.state();
  sync.presence('catalogue').setOwn({
    name: 'sheet',
    worker: 'sheet',
    sheet: {
      trouble,
      waiting,
      inStepAt,
      nextAt,
      conflicts: conflicts.slice(0, 20),
      problems: problems.slice(0, 20),
    },
  });
  stopShowing = systemTimers.after(SHOW_MS, show);
}
show();
console.log(`keeping ${spreadsheetId} in step`);
