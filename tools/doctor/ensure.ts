import { fail, ok, type Result } from '../../shared/kernel/result.ts';
import type { Say } from '../say.ts';
import type { Find } from './find-requirement.ts';
import type { InstallPackages } from './apt.ts';
import { planInstall, type Machine } from './plan-install.ts';
import { pickRequirements, type Requirement, type RequirementId } from './requirements.ts';

export type Doctor = {
  readonly find: Find;
  readonly machine: () => Promise<Machine>;
  readonly install: InstallPackages;
  readonly say: Say;
};

/**
 * Makes sure that the machine has what `ids` name; silent when it has. Installs what is missing where it may.
 * Only Linux machines are looked at: Electron for other systems brings its libraries along.
 * @returns on failure the words for the person, with the line to run
 */
export async function ensure(ids: readonly RequirementId[], doctor: Doctor): Promise<Result<void, string>> {
  const machine = await doctor.machine();
  if (machine.platform !== 'linux') return ok(undefined);
  const missing = await findMissing(pickRequirements(ids), doctor.find);
  const plan = planInstall(missing, machine);
  switch (plan.kind) {
    case 'nothing-missing':
      return ok(undefined);
    case 'ask-person':
      return fail(tellPerson(missing, plan.line));
    case 'install': {
      doctor.say(`Missing here: ${missing.map((each) => `${each.title} (${each.purpose})`).join(', ')}.`);
      const installed = await doctor.install(missing, plan);
      if (!installed.ok) return fail(installed.error);
      const still = await findMissing(missing, doctor.find);
      if (still.length === 0) return ok(undefined);
      return fail(
        `apt reported success, but these are still not found: ${titles(still)}. \`npm run doctor\` tells more.`,
      );
    }
  }
}

async function findMissing(wanted: readonly Requirement[], find: Find): Promise<readonly Requirement[]> {
  const found = await Promise.all(wanted.map((each) => find(each.look)));
  return wanted.filter((_, index) => found[index]?.kind === 'missing');
}

function tellPerson(missing: readonly Requirement[], line: string | undefined): string {
  const needs = missing.map((each) => `  ${each.title}, needed ${each.purpose}`).join('\n');
  if (line !== undefined) {
    return `This machine lacks:\n${needs}\nIt cannot be installed from here (not root, and sudo does not help). Please run, then start again:\n  ${line}`;
  }
  const names = missing.flatMap((each) => each.packages.map((alternatives) => alternatives[0])).join(' ');
  return `This machine lacks:\n${needs}\nThere is no apt here. On Debian the packages are called: ${names}. Please install what your system calls them, then start again.`;
}

function titles(of: readonly Requirement[]): string {
  return of.map((each) => each.title).join(', ');
}
