import { readFileSync } from 'node:fs';
import { descendantsOf, lookAtProcess } from '../process/process-tree.ts';

/** Linux counts processor time in hundredths of a second on every machine that Electron runs on. */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

/** Processor time in seconds, by process; a later process with the same number has another key. */
export type CpuTimes = ReadonlyMap<string, number>;

export type Memory = {
  /** Each process's own memory and its share of what it has in common with others. */
  readonly bytes: number;
  /** What is each process's alone: it does not change with what others on the machine have in common with them. */
  readonly ownBytes: number;
  readonly processes: number;
  /** Processes that do not show their share to this user; their own memory alone is counted. */
  readonly withoutShare: number;
};

/** What a process and all that it started have used of the processors so far (Linux). */
export function readCpuTimes(root: number): CpuTimes {
  const times = new Map<string, number>();
  for (const { pid, startedAt } of treeOf(root)) {
    const seconds = parseCpuSeconds(read(`/proc/${pid}/stat`));
    if (seconds !== undefined) times.set(`${pid} ${startedAt}`, seconds);
  }
  return times;
}

/** What they used in between. Of one that ended meanwhile nothing is known; one that is new counts from its start. */
export function cpuSecondsBetween(before: CpuTimes, after: CpuTimes): number {
  let seconds = 0;
  for (const [key, time] of after) seconds += Math.max(0, time - (before.get(key) ?? 0));
  return seconds;
}

/** What a process and all that it started hold of the memory (Linux). */
export function readMemory(root: number): Memory {
  let bytes = 0;
  let ownBytes = 0;
  let processes = 0;
  let withoutShare = 0;
  for (const { pid } of treeOf(root)) {
    const rollup = read(`/proc/${pid}/smaps_rollup`);
    const share = parsePss(rollup);
    const own = parsePrivate(rollup) ?? parseOwnMemory(read(`/proc/${pid}/statm`));
    if (own === undefined) continue;
    bytes += share ?? own;
    ownBytes += own;
    processes++;
    if (share === undefined) withoutShare++;
  }
  return { bytes, ownBytes, processes, withoutShare };
}

/** From /proc/PID/stat. The program's name, in brackets, may itself hold brackets and spaces. */
export function parseCpuSeconds(stat: string): number | undefined {
  const fields = stat.split(') ').at(-1)?.split(' ') ?? [];
  const ticks = Number(fields[11]) + Number(fields[12]);
  return Number.isFinite(ticks) ? ticks / TICKS_PER_SECOND : undefined;
}

/** From /proc/PID/smaps_rollup, in bytes. */
export function parsePss(rollup: string): number | undefined {
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

/** From /proc/PID/smaps_rollup, in bytes: what no other process has. */
export function parsePrivate(rollup: string): number | undefined {
  const found = [...rollup.matchAll(/^Private_(?:Clean|Dirty):\s+(\d+) kB$/gm)];
  return found.length === 0
    ? undefined
    : found.reduce((sum, [, kilobytes]) => sum + Number(kilobytes), 0) * 1024;
}

/** From /proc/PID/statm, in bytes: what is resident and not shared. */
export function parseOwnMemory(statm: string): number | undefined {
  const [, resident, shared] = statm.split(' ');
  const pages = Number(resident) - Number(shared);
  return Number.isFinite(pages) ? pages * PAGE_BYTES : undefined;
}

function treeOf(root: number) {
  const mark = lookAtProcess(root);
  return mark === undefined ? [] : [mark, ...descendantsOf(root)];
}

/** Empty when the process has ended, or does not show itself to this user. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
