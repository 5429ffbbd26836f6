import type { Command } from '#shared/document/command.ts';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { MAX_COMMANDS, type Done } from '#shared/protocol/ipc-contract.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { ControlBridge } from '../bridge.ts';
import { messages } from './messages.ts';
import type { Sayings } from './sayings.ts';
import type { ScreenStore } from './screen-store.ts';

export type Outcome = Result<Done, Refusal>;

type SendingParts = Pick<Sayings, 'say' | 'moveOn'> & {
  readonly bridge: ControlBridge;
  readonly screen: ScreenStore;
};

/** How what is asked goes over the bridge, and how its outcome is told. */
export function createSending({ bridge, screen, say, moveOn }: SendingParts) {
  /** A broken line is a refusal too. */
  const ask = async <T>(run: () => Promise<Result<T, Refusal>>): Promise<Result<T, Refusal>> => {
    try {
      return await run();
    } catch {
      return fail({ reason: 'not-stored', message: messages.noAnswer, retryable: true });
    }
  };
  /** An edit is not saved until it is answered. */
  const edit = async (run: () => Promise<Outcome>): Promise<Outcome> => {
    moveOn();
    screen.setState(({ inFlight }) => ({ inFlight: inFlight + 1 }));
    const outcome = await ask(run);
    screen.setState(({ inFlight }) => ({ inFlight: inFlight - 1, answeredAtMs: Date.now() }));
    return outcome;
  };
  const tell = (outcome: Outcome, done?: string): Outcome => {
    if (!outcome.ok) {
      if (outcome.error.reason !== 'unchanged') say(outcome.error.message, 'warning');
    } else if (done !== undefined) say(done, 'info', true);
    else if (outcome.value.words !== undefined) say(outcome.value.words);
    return outcome;
  };
  const sendAll = async (commands: readonly Command[]): Promise<readonly Outcome[]> => {
    const outcomes: Outcome[] = [];
    for (let from = 0; from < commands.length; from += MAX_COMMANDS) {
      const some = commands.slice(from, from + MAX_COMMANDS);
      let answers: readonly Outcome[] = [];
      const asked = await edit(async () => {
        answers = await bridge.sendAll(some);
        return ok({});
      });
      outcomes.push(...(asked.ok ? answers : some.map(() => asked)));
    }
    return outcomes;
  };
  const tellAll = (outcomes: readonly Outcome[], done: (count: number) => string): readonly Outcome[] => {
    const refused = outcomes.flatMap((one) =>
      one.ok || one.error.reason === 'unchanged' ? [] : [one.error],
    );
    const count = outcomes.filter((one) => one.ok).length;
    if (count > 0) say(done(count), 'info', true);
    const [first] = refused;
    if (first !== undefined) say(messages.someRefused(refused.length, first.message), 'warning');
    return outcomes;
  };
  return { ask, edit, tell, sendAll, tellAll };
}
