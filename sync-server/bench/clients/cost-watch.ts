import { cpuMs, forgetPeak, peakMb, treeCpuMs } from '../process-cost.ts';
import type { Target } from './raw-client.ts';

export type Cost = {
  readonly seconds: number;
  /** Processor time of the server's own processes, and of the databases that they all share. In ms. */
  readonly cpuMs: number;
  readonly databaseCpuMs: number;
  readonly peakMb: number;
};

/** Begins to watch what servers cost. @returns how to stop, and what it was */
export function watchCost(targets: readonly Target[], databasePids: readonly number[]): () => Cost {
  const pids = targets.map(({ pid }) => pid);
  const sum = (read: (pid: number) => number, of: readonly number[]): number =>
    of.reduce((all, pid) => all + read(pid), 0);
  for (const pid of pids) forgetPeak(pid);
  const [cpu, databaseCpu] = [sum(cpuMs, pids), sum(treeCpuMs, databasePids)];
  const beganMs = performance.now();
  return () => ({
    seconds: (performance.now() - beganMs) / 1_000,
    cpuMs: sum(cpuMs, pids) - cpu,
    // What a process of theirs had used before it ended can go uncounted.
    databaseCpuMs: Math.max(0, sum(treeCpuMs, databasePids) - databaseCpu),
    peakMb: sum(peakMb, pids),
  });
}
