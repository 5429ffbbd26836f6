import { beforeEach, describe, expect, it } from 'vitest';
import { createInMemoryAnswerStore } from '../../answers/in-memory-answer-store.ts';
import { createKeptAnswers, type KeptAnswers } from './kept-answers.ts';
import { prepareAnswer, type Prepared } from './send-answer.ts';

let version: string;
let made: string[];
let [one, two]: KeptAnswers[] = [];
beforeEach(() => {
  version = '1 0';
  made = [];
  const shared = createInMemoryAnswerStore();
  const open = (): KeptAnswers => createKeptAnswers(async () => Promise.resolve(version), shared);
  [one, two] = [open(), open()];
});

async function ask(at: KeptAnswers | undefined, question: string, tellsVersion = false): Promise<Prepared> {
  const make = async (): Promise<Prepared> => {
    made.push(`${question} at ${version}`);
    return Promise.resolve(
      prepareAnswer({ status: 200, body: { question, version }, ...(tellsVersion ? { version } : {}) }),
    );
  };
  if (at === undefined) throw new Error('no instance');
  return at.answer(question, make, tellsVersion);
}
const said = async (...asked: Parameters<typeof ask>): Promise<unknown> =>
  JSON.parse((await ask(...asked)).bytes.toString());

describe('answers that are kept', () => {
  it.each([false, true])(
    '[TB5] are made once for all instances while nothing changes, and anew on each when it does (%s)',
    async (tellsVersion) => {
      for (const at of [one, two, one, two])
        expect(await said(at, '/a', tellsVersion)).toEqual({ question: '/a', version: '1 0' });
      expect(made).toEqual(['/a at 1 0']);
      version = '2 0';
      for (const at of [two, one, two])
        expect(await said(at, '/a', tellsVersion)).toEqual({ question: '/a', version: '2 0' });
      version = '2 1';
      expect(await said(one, '/a', tellsVersion)).toEqual({ question: '/a', version: '2 1' });
      expect(made).toEqual(['/a at 1 0', '/a at 2 0', '/a at 2 1']);
    },
  );

  it('[TB5] are each to its own question, and only when all went well', async () => {
    await ask(one, '/a');
    expect(await said(two, '/b')).toEqual({ question: '/b', version: '1 0' });
    const bad = async () => one?.answer('/bad', async () => Promise.resolve(refused(made)), false);
    expect((await bad())?.status).toBe(404);
    expect((await bad())?.status).toBe(404);
    expect(made).toEqual(['/a at 1 0', '/b at 1 0', 'refused', 'refused']);
  });
});

function refused(to: string[]): Prepared {
  to.push('refused');
  return prepareAnswer({ status: 404, body: {} });
}
