import { readMemory } from '../../tools/bench-wall/read-process-cost.ts';
import type { ZooWall } from '../zoo/zoo-wall.ts';

/** A page that hangs does not answer. */
const PATIENCE_MS = 2_000;

/**
 * What all processes of a wall hold for themselves, in bytes, after its pages have let go of what nobody needs: garbage, which
 * a page with little on it collects once in ten minutes or so, and copies of pictures, which Chromium keeps until memory is
 * short. Both would look like growth until then.
 */
export async function liveMemory({ inside, pid }: ZooWall): Promise<number> {
  await inside.main(async ({ webContents }, patienceMs) => {
    const collect = async ({ debugger: inspector }: Electron.WebContents): Promise<void> => {
      try {
        inspector.attach();
        const late = new Promise((done) => setTimeout(done, patienceMs));
        const asked = [
          inspector.sendCommand('Memory.simulatePressureNotification', { level: 'critical' }),
          inspector.sendCommand('HeapProfiler.collectGarbage'),
        ];
        await Promise.race([Promise.all(asked), late]);
        inspector.detach();
      } catch {
        // It has crashed meanwhile.
      }
    };
    await Promise.all(webContents.getAllWebContents().map(collect));
  }, PATIENCE_MS);
  return readMemory(pid).ownBytes;
}
