import type { Requirement } from './requirements.ts';

/** By what right packages can be installed here. */
export type Rights =
  /** This is root. */
  | 'root'
  /** sudo works without a password. */
  | 'sudo'
  /** sudo can ask the person, who sits at a terminal. */
  | 'sudo-with-password'
  | 'none';

export type Machine = {
  readonly platform: string;
  readonly hasApt: boolean;
  readonly rights: Rights;
};

export type InstallPlan =
  | { readonly kind: 'nothing-missing' }
  /** `prefix` goes before each apt command. */
  | { readonly kind: 'install'; readonly prefix: readonly string[]; readonly asksPassword: boolean }
  /** The person must run `line`, or where there is no apt, find the packages of their own system. */
  | { readonly kind: 'ask-person'; readonly line: string | undefined };

/** How the missing requirements can be had. */
export function planInstall(missing: readonly Requirement[], machine: Machine): InstallPlan {
  if (missing.length === 0) return { kind: 'nothing-missing' };
  if (!machine.hasApt) return { kind: 'ask-person', line: undefined };
  switch (machine.rights) {
    case 'root':
      return { kind: 'install', prefix: [], asksPassword: false };
    case 'sudo':
      return { kind: 'install', prefix: ['sudo', '-n'], asksPassword: false };
    case 'sudo-with-password':
      return { kind: 'install', prefix: ['sudo'], asksPassword: true };
    case 'none':
      return { kind: 'ask-person', line: installLine(missing, machine.rights) };
  }
}

/** The one line that brings everything missing on a Debian machine. */
export function installLine(missing: readonly Requirement[], rights: Rights): string {
  const sudo = rights === 'root' ? '' : 'sudo ';
  const names = missing.flatMap((each) => each.packages.map((alternatives) => alternatives[0] ?? ''));
  return `${sudo}apt-get update && ${sudo}apt-get install -y --no-install-recommends ${unique(names).join(' ')}`;
}

/**
 * The packages to ask apt for.
 * @param offered the names that apt can install here
 */
export function choosePackages(
  missing: readonly Requirement[],
  offered: ReadonlySet<string>,
): readonly string[] {
  return unique(
    missing.flatMap((each) =>
      each.packages.map((names) => names.find((name) => offered.has(name)) ?? names[0] ?? ''),
    ),
  );
}

/** The packages that have an installable version, read from `apt-cache policy NAME…`. */
export function readOffered(policy: string): ReadonlySet<string> {
  const offered = new Set<string>();
  for (const block of policy.split(/\n(?=\S)/)) {
    const name = /^(\S+):$/m.exec(block)?.[1];
    const candidate = /^ +Candidate: (.+)$/m.exec(block)?.[1];
    if (name !== undefined && candidate !== undefined && candidate !== '(none)') offered.add(name);
  }
  return offered;
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
