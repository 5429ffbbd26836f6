import { DELAY_SIGNAL } from '../protocol/ipc-contract.ts';
import type { ClientMessage, Signal, SignalAnswer, WantedSignal } from '../protocol/sync-messages.ts';
import type { SyncTimers } from './sync-surroundings.ts';

export type ServeSignal = (signal: Signal) => Promise<Omit<SignalAnswer, 'id'>>;

const PATIENCE_MS = 10_000;
/** Another wall that shows the same may do better than the first that answered. */
const BETTER_MS = 1_500;
/** Who is asked for its Streamdelay server answers when that has, while others say at once that it is not theirs. */
const ADDRESSED_MS = 6_000;

type Asked = {
  best: SignalAnswer;
  /** One machine was meant: that it failed is the answer, that others have no such thing is not. */
  readonly isAddressed: boolean;
  readonly settle: (answer: SignalAnswer) => void;
  callOff: () => void;
};

/** The signals of one document: those that are asked of walls elsewhere, and those that a wall here is asked. */
export class SyncSignals {
  private readonly asked = new Map<string, Asked>();
  private serve: ServeSignal | undefined;
  private count = 0;
  private readonly timers: SyncTimers;
  private readonly send: (message: ClientMessage) => boolean;

  /** @param send answers whether there is a line to send it on */
  constructor(timers: SyncTimers, send: (message: ClientMessage) => boolean) {
    this.timers = timers;
    this.send = send;
  }

  async ask(signal: WantedSignal): Promise<SignalAnswer> {
    this.count += 1;
    const id = `s${String(this.count)}`;
    const none: SignalAnswer = { id, outcome: 'failed', words: 'No answer came from the wall.' };
    if (!this.send({ type: 'signal', signal: { ...signal, id } }))
      return { id, outcome: 'no-output', words: 'There is no connection to the server now.' };
    return new Promise((resolve) => {
      const settle = (answer: SignalAnswer): void => {
        this.asked.get(id)?.callOff();
        this.asked.delete(id);
        resolve(answer);
      };
      const callOff = this.timers.after(PATIENCE_MS, () => settle(none));
      this.asked.set(id, { best: none, isAddressed: signal.signal === DELAY_SIGNAL, settle, callOff });
    });
  }

  /** @returns how to stop */
  answerBy(serve: ServeSignal): () => void {
    this.serve = serve;
    this.send({ type: 'output', shown: true });
    return () => {
      if (this.serve !== serve) return;
      this.serve = undefined;
      this.send({ type: 'output', shown: false });
    };
  }

  /** A new line is open. */
  onGreeted(): void {
    if (this.serve !== undefined) this.send({ type: 'output', shown: true });
  }

  onAnswer(answer: SignalAnswer): void {
    const asked = this.asked.get(answer.id);
    if (asked === undefined) return;
    const isFinal = asked.isAddressed
      ? answer.outcome !== 'no-such-tile'
      : answer.outcome !== 'no-such-tile' && answer.outcome !== 'failed';
    if (isFinal) {
      asked.settle(answer);
      return;
    }
    asked.best = answer;
    asked.callOff();
    asked.callOff = this.timers.after(asked.isAddressed ? ADDRESSED_MS : BETTER_MS, () =>
      asked.settle(asked.best),
    );
  }

  async onSignal(signal: Signal): Promise<void> {
    if (this.serve === undefined) return;
    const failed = { outcome: 'failed', words: 'The wall could not do that.' } as const;
    const answer = await this.serve(signal).catch(() => failed);
    this.send({ type: 'signal-answer', answer: { ...answer, id: signal.id } });
  }
}
