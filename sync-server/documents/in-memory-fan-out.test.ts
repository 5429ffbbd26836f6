import { describeFanOut } from './fan-out.contract.ts';
import { createInMemoryFanOut } from './in-memory-fan-out.ts';
import { createInMemoryPresenceBoard } from './in-memory-presence-board.ts';
import { describePresenceBoard } from './presence-board.contract.ts';

const close = async (): Promise<void> => Promise.resolve();

describeFanOut('in memory', async () => {
  const instance = createInMemoryFanOut();
  return Promise.resolve({ open: async () => Promise.resolve(instance()), close });
});

describePresenceBoard('in memory', async (clock) =>
  Promise.resolve({ board: createInMemoryPresenceBoard(clock), close }),
);
