import { app, type WebContents } from 'electron';

/** A page may use so much; far above what sites need that play a video, far below what hurts a machine. */
const MAX_PAGE_BYTES = 1_500 * 1024 * 1024;

/** How much memory each process of this program uses now, in bytes, by process id. */
export function readProcessMemory(): ReadonlyMap<number, number> {
  return new Map(
    app
      .getAppMetrics()
      .map(({ pid, memory }) => [pid, (memory.privateBytes ?? memory.workingSetSize) * 1024]),
  );
}

/** Ends the page if its processes use more than a page may. @returns whether they did */
export function endIfTooLarge(contents: WebContents, byProcess: ReadonlyMap<number, number>): boolean {
  if (memoryOf(contents, byProcess) < MAX_PAGE_BYTES) return false;
  contents.forcefullyCrashRenderer();
  return true;
}

/** What the processes of a page and of its frames use together. */
function memoryOf(contents: WebContents, byProcess: ReadonlyMap<number, number>): number {
  if (contents.isDestroyed() || contents.isCrashed()) return 0;
  const processes = new Set(contents.mainFrame.framesInSubtree.map(({ osProcessId }) => osProcessId));
  return [...processes].reduce((sum, pid) => sum + (byProcess.get(pid) ?? 0), 0);
}
