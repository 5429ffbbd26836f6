import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import type { Task } from './clients/task.ts';

const Answer = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('done'),
    figures: z.record(z.string(), z.number()),
    marks: z
      .object({
        saved: z.array(z.string()).nullable(),
        seen: z.array(z.string()),
        kept: z.array(z.string()),
      })
      .optional(),
  }),
  z.object({ type: z.literal('failed'), why: z.string() }),
]);
export type Done = z.infer<typeof Answer> & { type: 'done' };

const TASK_TIMEOUT_MS = 180_000;

/** The process in which all clients live, one task at a time. */
export type Clients = {
  /** @throws when the task fails, in the words of the clients */
  readonly perform: (task: Task) => Promise<Done>;
  readonly stop: () => void;
};

export function startClients(): Clients {
  const child = fork(join(import.meta.dirname, 'bench-clients.ts'), [], {
    // Samples of presence are many; none of these leaves the process.
    execArgv: ['--max-old-space-size=4096'],
    serialization: 'json',
  });
  return {
    perform: async (task) => {
      child.send(task);
      const answer = Answer.parse(await nextMessage(child));
      if (answer.type === 'failed') throw new Error(`${task.step}: ${answer.why}`);
      return answer;
    },
    stop: () => void child.kill('SIGKILL'),
  };
}

async function nextMessage(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => end(() => reject(new Error('the clients do not answer'))),
      TASK_TIMEOUT_MS,
    );
    const onMessage = (message: unknown): void => end(() => resolve(message));
    const onExit = (): void => end(() => reject(new Error('the process of the clients ended')));
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      child.off('message', onMessage);
      child.off('exit', onExit);
      settle();
    };
    child.once('message', onMessage);
    child.once('exit', onExit);
  });
}
