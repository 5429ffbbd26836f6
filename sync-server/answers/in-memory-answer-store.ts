import { MAX_ANSWER_BYTES, type AnswerStore, type KeptAnswer } from './answer-store.ts';

const MAX_BYTES = 16 * 1_048_576;

/** The answers of one instance. Those of another version than the newest are let go first. */
export function createInMemoryAnswerStore<Answer extends KeptAnswer>(): AnswerStore<Answer> {
  const kept = new Map<string, Answer>();
  let bytes = 0;
  let newest = '';
  const drop = (question: string): void => {
    const known = kept.get(question);
    if (known === undefined) return;
    kept.delete(question);
    bytes -= sizeOf(question, known);
  };
  const clear = (): void => {
    kept.clear();
    bytes = 0;
  };
  return {
    get: async (question) => Promise.resolve(kept.get(question)),
    put: (question, answer) => {
      const size = sizeOf(question, answer);
      if (size > MAX_ANSWER_BYTES) return;
      if (answer.version !== newest) clear();
      newest = answer.version;
      drop(question);
      if (bytes + size > MAX_BYTES) clear();
      kept.set(question, answer);
      bytes += size;
    },
  };
}

const sizeOf = (question: string, { bytes }: KeptAnswer): number => bytes.length + question.length;
