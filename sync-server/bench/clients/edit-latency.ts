import { spreadOf } from '../statistics.ts';
import { watchCost } from './cost-watch.ts';
import { MadeEdits } from './made-edits.ts';
import { RawClient } from './raw-client.ts';
import { SeenBoard } from './seen-board.ts';
import { instanceOf, scaled, wait, type Task } from './task.ts';

const WARM_UP_MS = 500;

/** (a) One writer, about 40 edits a second, and 50 readers on the other instance. */
export const editToSeen = async (task: Task) =>
  watchEdits(task, { documents: 1, readers: scaled(50, task.scale), pauseMs: 25 });

/** (c) 200 documents with a writer, 5 edits a second, and 4 readers on the other instance. */
export const manyDocuments = async (task: Task) =>
  watchEdits(task, { documents: scaled(200, task.scale), readers: 4, pauseMs: 200 });

type Plan = { readonly documents: number; readonly readers: number; readonly pauseMs: number };

async function watchEdits(
  task: Task,
  { documents, readers, pauseMs }: Plan,
): Promise<Record<string, number>> {
  const board = new SeenBoard({ writers: documents, readers, audience: readers });
  const clients: RawClient[] = [];
  const writers: RawClient[] = [];
  const open = (i: number, document: string, listener = {}): RawClient => {
    const client = new RawClient(instanceOf(task.targets, i), document, listener);
    clients.push(client);
    return client;
  };
  for (let d = 0; d < documents; d++) {
    const document = `wall:${task.pass}-${String(d)}`;
    for (let r = 0; r < readers; r++)
      open(d + 1, document, {
        update: (bytes: Buffer, from: number, to: number) => board.hear(r, -1, bytes, from, to),
      });
    writers.push(open(d, document));
    await Promise.all(clients.slice(-readers - 1).map(async ({ synced }) => synced));
  }
  const timers = writers.map((writer, d) => writeOnAndOn(writer, d, board, pauseMs));
  await wait(WARM_UP_MS);
  const stopWatch = watchCost(task.targets, task.databasePids);
  const before = board.seen;
  board.isRecording = true;
  await wait(task.seconds * 1_000);
  const cost = stopWatch();
  for (const stop of timers) stop();
  for (const client of clients) client.close();
  const seen = board.seen - before;
  return {
    ...spreadOf(board.latenciesMs),
    seen,
    cpuPerSeen: (cost.cpuMs * 1_000) / seen,
    cpuPerEdit: (cost.cpuMs * 1_000 * readers) / seen,
    databaseCpuPerEdit: (cost.databaseCpuMs * 1_000 * readers) / seen,
    peakMb: cost.peakMb,
  };
}

/** @returns how to stop */
function writeOnAndOn(client: RawClient, writer: number, board: SeenBoard, pauseMs: number): () => void {
  const edits = new MadeEdits(writer);
  edits.get(Math.ceil(20_000 / pauseMs));
  let timer: NodeJS.Timeout;
  const again = (): void => {
    const delayMs = pauseMs * (0.5 + Math.random());
    timer = setTimeout(() => {
      client.send(client.frames.edit(edits.get(board.send(writer, performance.now()))));
      again();
    }, delayMs);
  };
  again();
  return () => clearTimeout(timer);
}
