import { describeAnswerStore } from './answer-store.contract.ts';
import { createInMemoryAnswerStore } from './in-memory-answer-store.ts';

describeAnswerStore('in memory', async () =>
  Promise.resolve({ store: createInMemoryAnswerStore(), close: async () => Promise.resolve() }),
);
