import { spreadOf } from '../statistics.ts';
import { watchCost } from './cost-watch.ts';
import { MadeEdits } from './made-edits.ts';
import { RawClient } from './raw-client.ts';
import { SeenBoard } from './seen-board.ts';
import { instanceOf, scaled, wait, type Task } from './task.ts';

const WARM_UP_MS = 700;

/** (b) 20 writers in one document, each with so many edits under way; an edit is done when all 19 others have it. */
export async function throughput(
  task: Task,
  inFlight: number,
  made: MadeEdits[],
): Promise<Record<string, number>> {
  const writers = scaled(20, task.scale);
  const document = `wall:${task.pass}`;
  for (let w = made.length; w < writers; w++) made.push(new MadeEdits(w));
  for (const edits of made) edits.get(2_000);
  const write = (w: number): void => {
    const client = clients[w];
    const bytes = made[w]?.get(board.send(w, performance.now()));
    if (client !== undefined && bytes !== undefined) client.send(client.frames.edit(bytes));
  };
  const board = new SeenBoard({
    writers,
    readers: writers,
    audience: writers - 1,
    recordEvery: writers,
    onSeenByAll: write,
  });
  const clients = Array.from({ length: writers }, (_, w) => {
    const update = (bytes: Buffer, from: number, to: number) => board.hear(w, w, bytes, from, to);
    return new RawClient(instanceOf(task.targets, w), document, { update });
  });
  await Promise.all(clients.map(async ({ synced }) => synced));
  for (let i = 0; i < inFlight; i++) for (let w = 0; w < writers; w++) write(w);
  await wait(WARM_UP_MS);
  const stopWatch = watchCost(task.targets, task.databasePids);
  const [before, ownBefore] = [board.seen, process.cpuUsage()];
  board.isRecording = true;
  await wait(task.seconds * 1_000);
  const cost = stopWatch();
  const seen = board.seen - before;
  const own = process.cpuUsage(ownBefore);
  for (const client of clients) client.close();
  const edits = seen / (writers - 1);
  return {
    ...spreadOf(board.latenciesMs),
    seenPerSecond: seen / cost.seconds,
    cpuPerEdit: (cost.cpuMs * 1_000) / edits,
    databaseCpuPerEdit: (cost.databaseCpuMs * 1_000) / edits,
    clientCpuPct: (own.user + own.system) / cost.seconds / 10_000,
    serverCpuPct: cost.cpuMs / cost.seconds / 10,
    peakMb: cost.peakMb,
  };
}
