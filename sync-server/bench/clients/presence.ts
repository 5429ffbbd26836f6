import { spreadOf } from '../statistics.ts';
import { watchCost } from './cost-watch.ts';
import { RawClient } from './raw-client.ts';
import { markOf, SeenBoard } from './seen-board.ts';
import { instanceOf, scaled, wait, type Task } from './task.ts';

const PAUSE_MS = 1_000;
const WARM_UP_MS = 1_500;

/** (f) 200 people in one document, each with another state once a second. */
export async function presence(task: Task): Promise<Record<string, number>> {
  const people = scaled(200, task.scale);
  const board = new SeenBoard({ writers: people, readers: people, audience: people - 1 });
  const clients = Array.from({ length: people }, (_, i) => {
    const hear = (bytes: Buffer, from: number, to: number) => board.hear(i, i, bytes, from, to);
    return new RawClient(instanceOf(task.targets, i), `wall:${task.pass}`, { presence: hear });
  });
  await Promise.all(clients.map(async ({ synced }) => synced));
  const timers: NodeJS.Timeout[] = [];
  for (const [i, client] of clients.entries()) {
    const tell = (): void => {
      const n = board.send(i, performance.now());
      client.send(client.frames.presence(1_000 + i, n, stateOf(i, n)));
    };
    timers.push(
      setTimeout(
        () => {
          tell();
          timers.push(setInterval(tell, PAUSE_MS));
        },
        (PAUSE_MS * i) / people,
      ),
    );
  }
  await wait(WARM_UP_MS);
  const stopWatch = watchCost(task.targets, task.databasePids);
  const before = board.seen;
  board.isRecording = true;
  await wait(task.seconds * 1_000);
  const cost = stopWatch();
  const seen = board.seen - before;
  for (const timer of timers) clearTimeout(timer);
  for (const client of clients) client.close();
  return {
    ...spreadOf(board.latenciesMs),
    seen,
    cpuPerSeen: (cost.cpuMs * 1_000) / seen,
    databaseCpuPerSeen: (cost.databaseCpuMs * 1_000) / seen,
    peakMb: cost.peakMb,
  };
}

const stateOf = (person: number, n: number): string =>
  JSON.stringify({
    user: { name: `Person ${String(person)}`, colour: '#8ab4f8' },
    touching: { tile: `tile${String(n % 9)}`, at: markOf(person, n) },
  });
