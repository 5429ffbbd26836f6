import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describeOutcome, type Supervisor } from '../process/supervise.ts';

export type ServedChannels = {
  /** As many different links as asked for, all to live playlists. */
  readonly links: (count: number) => readonly string[];
  readonly stop: () => Promise<void>;
};

const READY_MS = 20_000;

/**
 * Serves the demo channels from a process of their own, so that serving is not counted as the wall's work.
 * @throws Error when they cannot be served
 */
export async function serveChannels(supervisor: Supervisor, project: string): Promise<ServedChannels> {
  const folder = join(project, 'src-main/demo-channels');
  const clips = join(folder, 'clips');
  const names = (await readdir(clips))
    .filter((name) => name.endsWith('.m3u8'))
    .map((name) => name.replace('.m3u8', ''))
    .toSorted();
  const args = [join(folder, 'demo-channels-entry.ts'), clips, '0'];
  const server = supervisor.start({ program: process.execPath, args, cwd: project, output: 'capture' });
  const failed = server.outcome.then((outcome) => {
    throw new Error(`the demo channels did not start: ${describeOutcome(outcome)}`);
  });
  try {
    const origin = await Promise.race([readOrigin(server.child.stdout), failed]);
    failed.catch(() => undefined);
    return { links: (count) => planLinks(origin, names, count), stop: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** When there are fewer channels than tiles they are used again; a query makes each link a stream of its own. */
export function planLinks(origin: string, names: readonly string[], count: number): readonly string[] {
  return Array.from(
    { length: count },
    (_, index) => `${origin}/live/${names[index % names.length] ?? ''}.m3u8?tile=${index + 1}`,
  );
}

function readOrigin(stdout: NodeJS.ReadableStream | null): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the demo channels did not become ready')), READY_MS);
    let printed = '';
    stdout?.on('data', (text: string) => {
      printed += text;
      const origin = /"origin":"(http:[^"]+)"/.exec(printed)?.[1];
      if (origin === undefined) return;
      clearTimeout(timer);
      resolve(origin);
    });
  });
}
