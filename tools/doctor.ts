import { resolve } from 'node:path';
import { inspectMachine } from './doctor/apt.ts';
import { examine } from './doctor/examine.ts';
import { createFind } from './doctor/find-requirement.ts';
import { isHealthy, writeReport } from './doctor/report.ts';
import { createSupervisor } from './process/supervise.ts';

/** `npm run doctor`: what this machine has and lacks, line by line, with the remedy. Installs nothing. */
const { run } = createSupervisor();
const machine = await inspectMachine(run, process.platform);
const rows = await examine({
  project: resolve(import.meta.dirname, '..'),
  env: process.env,
  machine,
  find: createFind(run, process.env),
  run,
});
const installsItself = machine.hasApt && machine.rights !== 'none';
for (const line of writeReport(rows, installsItself)) console.log(line);
process.exitCode = isHealthy(rows) ? 0 : 1;
