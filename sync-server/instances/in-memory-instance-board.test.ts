import { createInMemoryInstanceBoards } from './in-memory-instance-board.ts';
import { describeInstanceBoard } from './instance-board.contract.ts';

describeInstanceBoard('in memory', async (clock) => {
  const open = createInMemoryInstanceBoards(clock);
  return Promise.resolve({ open: async () => Promise.resolve(open()), close: async () => Promise.resolve() });
});
