import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '#shared/kernel/clock.ts';
import { fail } from '#shared/kernel/result.ts';
import { runTeamProgram, type Surroundings, type TeamWork } from '../run-team-program.ts';
import type { StartProgram } from '../team-program.ts';
import { systemTimers } from '../timers.ts';
import { watchSwitches } from '../watch-switches.ts';
import { EXIT } from '../worker-state.ts';
import { openAcceptedQueue } from '../collect/accepted-queue.ts';
import { createAgreedFile } from './agreed-file.ts';
import { createSheetSync } from './create-sheet-sync.ts';
import { createGoogleSheets, ServiceAccountKey } from './googleapis-sheets.ts';
import { readSheetSettings, type SheetSettings } from './sheet-settings.ts';
import { sheetMetrics, shownSheet } from './show-sheet.ts';

const SHOW_MS = 4000;

/** Keeps a Google Sheet and a team's catalogue in step, for a supervisor or a process of its own. One of these a sheet. */
export const runSheet: StartProgram = async (env) => {
  const settings = readSheetSettings(env);
  if (!settings.ok) return fail({ code: EXIT.misconfigured, words: settings.error });
  const key = await readKey(settings.value.keyFile);
  if (key === undefined)
    return fail({
      code: EXIT.misconfigured,
      words: `${settings.value.keyFile} is not the key file of a service account.`,
    });
  return runTeamProgram('sheet', env, (surroundings) => begin(settings.value, key, surroundings));
};

function begin(settings: SheetSettings, key: ServiceAccountKey, surroundings: Surroundings): TeamWork {
  const { spreadsheetId, policy, tabs, intervalMs, rootUrl } = settings;
  const { replica, sync, server, folder, logger } = surroundings;
  const accepted =
    policy.mode === 'migrate' ? undefined : openAcceptedQueue(folder, { clock: systemClock, logger });
  const presence = sync.presence('catalogue');
  const switches = watchSwitches(server, {
    ...{ ask: fetch, timers: systemTimers, logger },
    onChange: () => running.lookAgain(),
  });
  const running = createSheetSync({
    api: createGoogleSheets({ spreadsheetId, key, ...(rootUrl === undefined ? {} : { rootUrl }) }),
    ...{
      accepted,
      tabs,
      policy,
      paused: switches.paused,
      catalogue: replica,
      clock: systemClock,
      timers: systemTimers,
      logger,
      intervalMs,
    },
    agreed: createAgreedFile(join(folder, 'sheet', `agreed-${spreadsheetId.replace(/\W/g, '_')}.json`)),
  });
  let stopShowing = () => undefined as void;
  const show = (): void => {
    presence.setOwn({ name: 'sheet', worker: 'sheet', sheet: shownSheet(running.state(), policy.mode) });
    stopShowing = systemTimers.after(SHOW_MS, show);
  };
  show();
  return {
    words: `keeping ${spreadsheetId} in step`,
    state() {
      const { trouble } = running.state();
      const metrics = sheetMetrics(running.state(), systemClock.nowMs());
      if (trouble === undefined) return { isWell: true, metrics };
      // Whoever was told to rest is well.
      return { isWell: switches.paused() !== undefined, words: trouble, metrics };
    },
    async stop() {
      switches.stop();
      stopShowing();
      presence.setOwn(null);
      await running.stop();
      accepted?.close();
    },
  };
}

async function readKey(file: string): Promise<ServiceAccountKey | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  const read = ServiceAccountKey.safeParse(readJson(text ?? ''));
  return read.success ? read.data : undefined;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
