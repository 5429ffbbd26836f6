import { fail, ok, type Result } from '../shared/kernel/result.ts';
import { createAptInstall, inspectMachine } from './doctor/apt.ts';
import { ensure, type Doctor } from './doctor/ensure.ts';
import { createFind, missingLibraries } from './doctor/find-requirement.ts';
import type { RequirementId } from './doctor/requirements.ts';
import { prepareRuntime, type ReadyRuntime } from './electron-runtime/prepare-runtime.ts';
import type { Run } from './process/supervise.ts';
import type { Say } from './say.ts';

export type Workshop = {
  readonly project: string;
  readonly env: NodeJS.ProcessEnv;
  readonly run: Run;
  readonly say: Say;
};

/**
 * What every command that runs Electron does first: the machine gets what it lacks, and an Electron is made ready.
 * Says which one it is and why; otherwise silent when all is there.
 * @returns on failure the words for the person
 */
export async function makeReady(
  needs: readonly RequirementId[],
  { project, env, run, say }: Workshop,
): Promise<Result<ReadyRuntime, string>> {
  const doctor: Doctor = {
    find: createFind(run, env),
    machine: () => inspectMachine(run, process.platform),
    install: createAptInstall(run, say),
    say,
  };
  const machine = await ensure(needs, doctor);
  if (!machine.ok) return machine;
  const needCompiler = async (): Promise<void> => {
    const compiler = await ensure(['compiler'], doctor);
    if (!compiler.ok) throw new Error(compiler.error);
  };
  let runtime: ReadyRuntime;
  try {
    runtime = await prepareRuntime({ project, env, run, say, needCompiler });
  } catch (error) {
    return fail(`No Electron could be made ready: ${error instanceof Error ? error.message : String(error)}`);
  }
  say(`Electron ${runtime.version} (${inWords[runtime.origin]}): ${runtime.why}.`);
  const lacking = process.platform === 'linux' ? await missingLibraries(runtime.binary, run) : [];
  if (lacking.length === 0) return ok(runtime);
  return fail(
    `Electron cannot start, because the system lacks these libraries: ${lacking.join(', ')}.\n` +
      'Install the packages that hold them (`apt-file search NAME` finds them on Debian), then start again.',
  );
}

const inWords = {
  official: 'the official one',
  registry: 'from the npm registry',
  given: 'the one you named',
} as const;
