import { access, constants } from 'node:fs/promises';
import { fail, ok, type Result } from '../../shared/kernel/result.ts';
import { describeOutcome, succeeded, type Outcome, type Run } from '../process/supervise.ts';
import type { Say } from '../say.ts';
import { choosePackages, readOffered, type InstallPlan, type Machine, type Rights } from './plan-install.ts';
import type { Requirement } from './requirements.ts';

export type InstallPackages = (
  missing: readonly Requirement[],
  plan: InstallPlan & { readonly kind: 'install' },
) => Promise<Result<void, string>>;

const UPDATE_TIMEOUT_MS = 3 * 60 * 1000;
const INSTALL_TIMEOUT_MS = 10 * 60 * 1000;

/** Installs Debian packages; the list of what there is to install is fetched anew, once. */
export function createAptInstall(run: Run, say: Say): InstallPackages {
  let updated: Outcome | undefined;
  return async (missing, plan) => {
    // A person who is asked for the password must see the question, and then sees the rest as well.
    const output = plan.asksPassword ? 'show' : 'capture';
    const apt = (args: readonly string[], timeoutMs: number): Promise<Outcome> => {
      const [program, ...before] = [...plan.prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
      const waitForOthers = ['-o', 'DPkg::Lock::Timeout=120'];
      const all = [...before, ...waitForOthers, ...args];
      return run({ program: program ?? 'env', args: all, output, timeoutMs, mayAsk: plan.asksPassword });
    };
    if (plan.asksPassword) say('sudo will ask for your password to install it.');
    updated ??= await apt(['update', '-q'], UPDATE_TIMEOUT_MS);
    const offered = await offeredPackages(missing, run);
    const packages = choosePackages(missing, offered);
    say(`Installing ${packages.join(' ')} …`);
    const install = await apt(
      ['install', '-q', '-y', '--no-install-recommends', ...packages],
      INSTALL_TIMEOUT_MS,
    );
    if (succeeded(install)) return ok(undefined);
    const updateTrouble = succeeded(updated)
      ? ''
      : `\nThe list of packages could not be refreshed: ${describeOutcome(updated)}`;
    return fail(
      `apt could not install ${packages.join(' ')}: ${describeOutcome(install)}${updateTrouble}\n` +
        'Put that right (network, package sources, disk), then start again.',
    );
  };
}

export async function inspectMachine(run: Run, platform: string): Promise<Machine> {
  const hasApt = await access('/usr/bin/apt-get', constants.X_OK).then(
    () => true,
    () => false,
  );
  return { platform, hasApt, rights: hasApt ? await inspectRights(run) : 'none' };
}

async function inspectRights(run: Run): Promise<Rights> {
  if (process.getuid?.() === 0) return 'root';
  const silent = await run({ program: 'sudo', args: ['-n', 'true'], output: 'capture', timeoutMs: 10_000 });
  if (succeeded(silent)) return 'sudo';
  if (silent.kind === 'not-started') return 'none';
  return process.stdin.isTTY && process.stdout.isTTY ? 'sudo-with-password' : 'none';
}

async function offeredPackages(missing: readonly Requirement[], run: Run): Promise<ReadonlySet<string>> {
  const names = missing.flatMap((each) => each.packages.flat());
  // In English whatever the person's language: the answer is read by us.
  const env = { ...process.env, LC_ALL: 'C' };
  const outcome = await run({
    program: 'apt-cache',
    args: ['policy', ...names],
    env,
    output: 'capture',
    timeoutMs: 30_000,
  });
  return succeeded(outcome) ? readOffered(outcome.stdout) : new Set();
}
