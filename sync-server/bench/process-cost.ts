import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const TICK_MS = 10;

/** Processor time that a process has used so far, in all its threads, in ms; 0 when it is gone (Linux). */
export function cpuMs(pid: number): number {
  const fields = statOf(pid);
  return fields === undefined ? 0 : (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** The same of a process and all that it has started, those that have ended included. */
export function treeCpuMs(pid: number): number {
  const fields = statOf(pid);
  if (fields === undefined) return 0;
  const own = [11, 12, 13, 14].reduce((sum, i) => sum + Number(fields[i]), 0) * TICK_MS;
  return childrenOf(pid).reduce((sum, child) => sum + treeCpuMs(child), own);
}

/** From now on `peakMb` counts anew. */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${String(pid)}/clear_refs`, '5');
}

/** The most memory that a process had resident at once, in MB of a million bytes. */
export function peakMb(pid: number): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8')) ?? [];
  return (Number(kilobytes) * 1_024) / 1e6;
}

/** Processes whose parent is this one, by the name of their program. */
export function childrenNamed(pid: number, name: string): readonly number[] {
  return childrenOf(pid).filter((child) => {
    try {
      return readFileSync(`/proc/${String(child)}/comm`, 'utf8').trim() === name;
    } catch {
      return false;
    }
  });
}

function childrenOf(pid: number): readonly number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return all.map(Number).filter((one) => Number(statOf(one)?.[1]) === pid);
}

/** The fields of /proc/PID/stat after the program's name, which may itself hold brackets and spaces. */
function statOf(pid: number): readonly string[] | undefined {
  try {
    return readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
      .split(') ')
      .at(-1)
      ?.split(' ');
  } catch {
    return undefined;
  }
}
