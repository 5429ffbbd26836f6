import { readdirSync, readFileSync } from 'node:fs';

/** A process that cannot be mistaken for a later one with the same number. */
export type ProcessMark = { readonly pid: number; readonly parent: number; readonly startedAt: string };

/** What the system says of a process (Linux); undefined when it has ended, or the system does not tell. */
export function lookAtProcess(pid: number): ProcessMark | undefined {
  try {
    // The second field, the program's name in brackets, may itself hold brackets and spaces.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const [state, parent] = fields;
    const startedAt = fields[19];
    if (state === 'Z' || parent === undefined || startedAt === undefined) return undefined;
    return { pid, parent: Number(parent), startedAt };
  } catch {
    return undefined;
  }
}

/** Everything that a process has started, and what that has started, in whatever group it is (Linux; elsewhere none). */
export function descendantsOf(pid: number): readonly ProcessMark[] {
  const children = new Map<number, ProcessMark[]>();
  for (const mark of allProcesses()) children.set(mark.parent, [...(children.get(mark.parent) ?? []), mark]);
  const found: ProcessMark[] = [];
  const visit = (of: number): void => {
    for (const child of children.get(of) ?? []) {
      found.push(child);
      visit(child.pid);
    }
  };
  visit(pid);
  return found;
}

/** Ends the marked processes that are still the same ones. */
export function killMarked(marks: readonly ProcessMark[]): void {
  for (const mark of marks) {
    if (lookAtProcess(mark.pid)?.startedAt !== mark.startedAt) continue;
    try {
      process.kill(mark.pid, 'SIGKILL');
    } catch {
      // Gone in between, which is what was wanted.
    }
  }
}

function allProcesses(): readonly ProcessMark[] {
  let names: readonly string[];
  try {
    names = readdirSync('/proc');
  } catch {
    return [];
  }
  return names.flatMap((name) => (/^\d+$/.test(name) ? (lookAtProcess(Number(name)) ?? []) : []));
}
