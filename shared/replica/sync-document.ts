import type { Result } from '../kernel/result.ts';
import type { ClientMessage, HeldReason, Hello, ServerMessage } from '../protocol/sync-messages.ts';
import type { LineState } from '../protocol/sync-state.ts';
import type { UnsavedEdit } from './replica-store.ts';
import type { UnsavedChange } from './replica-core.ts';
import type { SyncDocumentParts } from './sync-document-parts.ts';
import { SyncHolds } from './sync-holds.ts';
import { SyncInbox } from './sync-inbox.ts';
import { doesServerLack } from './sync-lack.ts';
import { openSyncLine, type LineEnd, type SyncLine } from './sync-line.ts';
import { isReady, lineState, type Phase } from './sync-phase.ts';
import { SyncOutbox, type Parcel } from './sync-outbox.ts';
import { createSyncPresence, type Presence } from './sync-presence.ts';
import { SyncSignals } from './sync-signals.ts';
import { askForPass, retryDelayMs } from './sync-surroundings.ts';
import { isFinal, offlineWords, refusedWords } from './sync-words.ts';

/** A server that has not said who it is after this long is taken for none. */
const GREETING_MS = 20_000;

/** Keeps one document of a replica in step with the server, over one line after another. */
export class SyncDocument {
  readonly presence: Presence;
  readonly signals: SyncSignals;
  private phase: Phase = { type: 'off' };
  /** Counts lines and stops: what was begun for an earlier one comes to nothing. */
  private turn = 0;
  private failures = 0;
  /** Counts changes of what is unsaved. */
  private changes = 0;
  private serverLacks = false;
  private mayCarry = false;
  private isToBringMore = false;
  private callOffGreeting = (): void => undefined;
  private readonly outbox = new SyncOutbox();
  private readonly holds: SyncHolds;
  private readonly inbox: SyncInbox;
  private readonly ends: (() => void)[];
  private readonly awareness: ReturnType<typeof createSyncPresence>['awareness'];
  private readonly parts: SyncDocumentParts;

  constructor(parts: SyncDocumentParts) {
    this.parts = parts;
    const { presence, awareness, end } = createSyncPresence();
    this.presence = presence;
    this.awareness = awareness;
    this.holds = new SyncHolds(parts.timers, parts.random);
    this.signals = new SyncSignals(parts.timers, (message) => this.send(message));
    this.inbox = new SyncInbox(parts.replica.sync, parts.name, {
      onInStep: () => this.inStep(),
      onFailure: (words) => this.breakOff(words),
    });
    this.ends = [parts.replica.sync.onUnsaved((change) => this.noteUnsaved(change)), end];
  }

  /** What is unsaved before the first connection. */
  async count(): Promise<void> {
    const { turn } = this;
    const unsaved = await this.loadUnsaved();
    if (turn === this.turn && unsaved.ok) this.outbox.begin(unsaved.value);
    this.parts.onChange();
  }

  start(): void {
    const { type } = this.phase;
    if (type === 'open' || type === 'preparing') return;
    if (this.phase.type === 'waiting') this.phase.callOff();
    void this.begin(false);
  }

  /** @param phase what it is from now on */
  stop(type: 'off' | 'stopped' = 'off'): void {
    if (this.phase.type === 'waiting') this.phase.callOff();
    this.endLine();
    this.failures = 0;
    this.become({ type });
  }

  close(): void {
    this.stop();
    for (const end of this.ends) end();
  }

  state(): LineState {
    return lineState(this.phase, this.holds.reason());
  }

  /** Whether the server has let everybody else of this program in, but not to this document. */
  isShut(): boolean {
    return this.phase.type === 'turned-away' && this.phase.end.code !== 4401;
  }

  unsaved(): number {
    return this.outbox.ownCount();
  }

  lacks(): boolean {
    return this.serverLacks;
  }

  private async begin(isAgain: boolean): Promise<void> {
    const turn = this.endLine();
    this.become({ type: 'preparing' });
    const { parts } = this;
    const pass = await askForPass(parts.credentials);
    const unsaved = await this.loadUnsaved();
    if (turn !== this.turn) return;
    if (!unsaved.ok) return this.wait(unsaved.error.words);
    if (pass === undefined) return this.wait('The server cannot be asked for a pass.');
    this.outbox.begin(unsaved.value);
    const line = openSyncLine(
      { ...parts, document: parts.name, pass, awareness: this.awareness },
      {
        onMessage: (message) => turn === this.turn && this.hear(line, message),
        onUpdate: (update, isAnswer) => {
          if (turn === this.turn && isReady(this.phase)) this.inbox.put({ type: 'update', update, isAnswer });
        },
        onEnd: (end) => turn === this.turn && this.ended(end, isAgain),
      },
    );
    this.become({ type: 'open', line, step: 'connecting' });
    this.callOffGreeting = parts.timers.after(GREETING_MS, () => {
      if (turn === this.turn) this.wait('The server does not say who it is. It may be no server of ours.');
    });
  }

  private hear(line: SyncLine, message: ServerMessage): void {
    switch (message.type) {
      case 'hello':
        if (this.phase.type === 'open' && this.phase.step === 'connecting')
          void this.greeted(line, message.hello);
        else if (isReady(this.phase)) {
          this.mayCarry = message.hello.mayCarry;
          this.parts.onRights(message.hello);
        }
        return;
      case 'saved':
        this.inbox.put(...this.outbox.saved(message.n).map((edit) => ({ type: 'saved', edit }) as const));
        this.progress();
        return;
      case 'refused':
        this.refused(this.outbox.refused(message.n), refusedWords(message.reason, message.root));
        return;
      case 'held':
        this.hold(message.n, message.reason);
        return;
      case 'signal':
        void this.signals.onSignal(message.signal);
        return;
      case 'signal-answer':
        this.signals.onAnswer(message.answer);
    }
  }

  private async greeted(line: SyncLine, hello: Hello): Promise<void> {
    const { turn, parts } = this;
    this.callOffGreeting();
    this.become({ type: 'open', line, step: 'comparing' });
    const meeting = await parts.meet(hello);
    if (turn !== this.turn) return;
    if (meeting === 'stop') return this.breakOff('This copy could not be made part of the team.');
    this.mayCarry = hello.mayCarry;
    const holding = await parts.replica.sync.stateVector(parts.name);
    if (turn !== this.turn) return;
    if (!holding.ok) return this.breakOff(holding.error.words);
    await this.bring(hello, holding.value);
    if (turn !== this.turn) return;
    this.become({ type: 'open', line, step: 'syncing' });
    this.send({ type: 'resume', stateVector: holding.value });
    this.signals.onGreeted();
    this.pump();
  }

  /** Sends back what the server has lost, or never had, if this copy may. */
  private async bring(hello: Hello, holding: Uint8Array): Promise<void> {
    const { turn, parts } = this;
    this.isToBringMore = false;
    this.serverLacks = doesServerLack(holding, hello.stateVector, this.outbox.waitingUpdates());
    if (!this.serverLacks || !hello.mayCarry) return;
    const saved = await parts.replica.sync.encodeSaved(parts.name, hello.stateVector);
    if (turn !== this.turn || !saved.ok) return;
    this.outbox.carry(saved.value.bytes);
    this.isToBringMore = !saved.value.isWhole && this.outbox.ownCount() > 0;
  }

  private pump(): void {
    for (const { n, parcel } of this.outbox.take())
      this.send({ type: 'edit', n, carried: parcel.type === 'carry', update: parcel.update });
    this.parts.onChange();
  }

  private hold(n: number, reason: HeldReason): void {
    const first = this.outbox.held(n);
    if (first?.type === 'carry' && reason === 'missing-dependency') this.outbox.dropCarry();
    this.holds.begin(reason, () => {
      // What is missing there may be here: a new line begins with comparing.
      if (reason === 'missing-dependency' && this.mayCarry) void this.begin(false);
      else {
        this.outbox.goOn();
        this.pump();
      }
    });
    this.parts.onChange();
  }

  private refused(parcel: Parcel | undefined, reason: string): void {
    if (parcel?.type === 'own') this.inbox.put({ type: 'refused', edit: parcel.edit, reason });
    else if (parcel?.type === 'carry') this.mayCarry = false;
    this.progress();
  }

  /** Something was answered. */
  private progress(): void {
    if (!this.outbox.isHolding()) this.holds.answered();
    if (this.serverLacks && this.mayCarry && !this.outbox.hasCarry() && !this.isToBringMore)
      this.serverLacks = false;
    // What was left out builds on own edits, which are there now: a new line begins with comparing.
    if (this.isToBringMore && this.outbox.isEmpty()) void this.begin(false);
    else this.pump();
  }

  private inStep(): void {
    if (this.phase.type !== 'open') return;
    this.failures = 0;
    this.become({ ...this.phase, step: 'in-step' });
  }

  private noteUnsaved({ document, added, replaced }: UnsavedChange): void {
    if (document !== this.parts.name) return;
    this.changes += 1;
    if (replaced) this.outbox.replace(added);
    else this.outbox.add(added);
    if (isReady(this.phase)) this.pump();
    else this.parts.onChange();
  }

  private ended(end: LineEnd, isAgain: boolean): void {
    const wasIn = isReady(this.phase);
    if (!isFinal(end)) this.wait(offlineWords(end));
    // A pass that has run out is replaced by a fresh one, once.
    else if (end.code === 4401 && wasIn && !isAgain) void this.begin(true);
    else {
      this.endLine();
      this.become({ type: 'turned-away', end });
    }
  }

  private breakOff(words: string): void {
    if (this.phase.type === 'open') this.wait(words);
  }

  private wait(words: string): void {
    const turn = this.endLine();
    const callOff = this.parts.timers.after(this.delayMs(this.failures), () => {
      if (turn === this.turn) void this.begin(false);
    });
    this.failures += 1;
    this.become({ type: 'waiting', words, callOff });
  }

  /** @returns the new turn */
  private endLine(): number {
    if (this.phase.type === 'open') this.phase.line.close();
    this.callOffGreeting();
    this.holds.end();
    this.inbox.clear();
    this.turn += 1;
    return this.turn;
  }

  private send(message: ClientMessage): boolean {
    if (!isReady(this.phase)) return false;
    this.phase.line.send(message);
    return true;
  }

  private become(phase: Phase): void {
    this.phase = phase;
    this.parts.onChange();
  }

  private delayMs(failures: number): number {
    return retryDelayMs(failures, this.parts.random());
  }

  /** Edits that are made meanwhile are among them. */
  private async loadUnsaved(): Promise<Result<readonly UnsavedEdit[], { readonly words: string }>> {
    for (;;) {
      const { changes } = this;
      const unsaved = await this.parts.replica.sync.unsaved(this.parts.name);
      if (!unsaved.ok || changes === this.changes) return unsaved;
    }
  }
}
