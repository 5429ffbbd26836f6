/**
 * Everything that changes a replica goes through here, one thing at a time, in the order in which it came. Writes that
 * wait together are performed together, so that a burst of them costs one visit to the disk.
 */
export type WriteQueue<Write> = {
  /** Performs it in turn, with its neighbours. Rejects only if performing throws. */
  readonly write: (write: Write) => Promise<void>;
  /** Runs `work` in turn, alone. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>;
};

type Job<Write> =
  | { readonly type: 'write'; readonly write: Write; readonly done: Settle<void> }
  | { readonly type: 'alone'; readonly run: () => Promise<void> };

type Settle<T> = { readonly resolve: (value: T) => void; readonly reject: (error: unknown) => void };

export function createWriteQueue<Write>(
  perform: (writes: readonly Write[]) => Promise<void>,
  maxTogether = 64,
): WriteQueue<Write> {
  const jobs: Job<Write>[] = [];
  let running = false;

  const drain = async (): Promise<void> => {
    if (running) return;
    running = true;
    // What is asked for in this turn waits together.
    await Promise.resolve();
    for (let job = jobs.shift(); job !== undefined; job = jobs.shift()) {
      if (job.type === 'alone') await job.run();
      else await performTogether([job, ...takeWrites(jobs, maxTogether - 1)]);
    }
    running = false;
  };
  const performTogether = async (together: readonly (Job<Write> & { type: 'write' })[]): Promise<void> => {
    try {
      await perform(together.map((job) => job.write));
      for (const { done } of together) done.resolve();
    } catch (error) {
      for (const { done } of together) done.reject(error);
    }
  };

  return {
    write: (write) =>
      new Promise((resolve, reject) => {
        jobs.push({ type: 'write', write, done: { resolve, reject } });
        void drain();
      }),
    alone: (work) =>
      new Promise((resolve, reject) => {
        jobs.push({ type: 'alone', run: () => work().then(resolve, reject) });
        void drain();
      }),
  };
}

function takeWrites<Write>(jobs: Job<Write>[], max: number): (Job<Write> & { type: 'write' })[] {
  const taken: (Job<Write> & { type: 'write' })[] = [];
  while (taken.length < max) {
    const [next] = jobs;
    if (next?.type !== 'write') break;
    jobs.shift();
    taken.push(next);
  }
  return taken;
}
