import { loadCold, loadWarm, reconnect } from './clients/catalogue-load.ts';
import { editToSeen, manyDocuments } from './clients/edit-latency.ts';
import { loadAndKill, marksKept } from './clients/kill.ts';
import type { MadeEdits } from './clients/made-edits.ts';
import { presence } from './clients/presence.ts';
import { instanceOf, type Task, type TaskAnswer } from './clients/task.ts';
import { throughput } from './clients/throughput.ts';

/** All clients of the bench, in a process of their own: it is told a task at a time, and answers with figures. */
const made: MadeEdits[] = [];

async function perform(task: Task): Promise<TaskAnswer> {
  const killed = `wall:${task.pass}`;
  switch (task.step) {
    case 'a':
      return { type: 'done', figures: await editToSeen(task) };
    case 'b':
      return { type: 'done', figures: await throughput(task, 1, made) };
    case 'b8':
      return { type: 'done', figures: await throughput(task, 8, made) };
    case 'c':
      return { type: 'done', figures: await manyDocuments(task) };
    case 'd-warm':
      return { type: 'done', figures: await loadWarm(task) };
    case 'd-cold':
      return { type: 'done', figures: await loadCold(task) };
    case 'f':
      return { type: 'done', figures: await presence(task) };
    case 'g':
      return { type: 'done', figures: await reconnect(task) };
    case 'h-load':
      return { type: 'done', figures: {}, marks: await loadAndKill(task, killed) };
    case 'h-check': {
      const kept = await marksKept(instanceOf(task.targets, 0), killed);
      return { type: 'done', figures: {}, marks: { saved: null, seen: [], kept } };
    }
  }
}

process.on('message', (task: Task) => {
  perform(task)
    .catch((error: unknown): TaskAnswer => ({ type: 'failed', why: String(error) }))
    .then((answer) => process.send?.(answer))
    .catch(() => process.exit(1));
});
process.on('disconnect', () => process.exit(0));
