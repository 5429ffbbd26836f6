import type { Result } from '../kernel/result.ts';
import type { ClientMessage, HeldReason, Hello, ServerMessage } from '../protocol/sync-messages.ts';
import type { LineState } from '../protocol/sync-state.ts';
import type { Replica } from './replica.ts';
import type { DocumentName, UnsavedEdit } from './replica-store.ts';
import type { UnsavedChange } from './replica-core.ts';
import { SyncInbox } from './sync-inbox.ts';
import { doesServerLack } from './sync-lack.ts';
import { openSyncLine, type LineEnd, type SyncLine } from './sync-line.ts';
import { SyncOutbox, type Parcel } from './sync-outbox.ts';
import { createSyncPresence, type Presence } from './sync-presence.ts';
import { SyncSignals } from './sync-signals.ts';
import { retryDelayMs, type SocketOpener, type SyncPass, type SyncTimers } from './sync-surroundings.ts';
import { heldWords, isFinal, offlineWords, refusedWords, turnedAwayWords } from './sync-words.ts';

export type SyncDocumentParts = {
  readonly replica: Replica;
  readonly name: DocumentName;
  readonly address: string;
  readonly credentials: () => Promise<SyncPass>;
  readonly openSocket: SocketOpener;
  readonly timers: SyncTimers;
  readonly random: () => number;
  /** The server has said who it is, at the beginning of a line. `stop`: a person has to be asked first. */
  readonly meet: (hello: Hello) => Promise<'go' | 'stop'>;
  /** What the client may do has changed while it is connected. */
  readonly onRights: (hello: Hello) => void;
  readonly onChange: () => void;
};

type Phase =
  | { readonly type: 'off' }
  | { readonly type: 'waiting'; readonly words: string; readonly callOff: () => void }
  | { readonly type: 'preparing' }
  | { readonly type: 'open'; readonly line: SyncLine; readonly step: 'connecting' | 'syncing' | 'in-step' }
  | { readonly type: 'stopped' }
  | { readonly type: 'turned-away'; readonly end: LineEnd };

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
  private holds = 0;
  private held: HeldReason | undefined;
  private serverLacks = false;
  private mayCarry = false;
  private callOffHold = (): void => undefined;
  private readonly outbox = new SyncOutbox();
  private readonly inbox: SyncInbox;
  private readonly ends: (() => void)[];
  private readonly awareness: ReturnType<typeof createSyncPresence>['awareness'];
  private readonly parts: SyncDocumentParts;

  constructor(parts: SyncDocumentParts) {
    this.parts = parts;
    const { presence, awareness, end } = createSyncPresence();
    this.presence = presence;
    this.awareness = awareness;
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
    const { phase } = this;
    switch (phase.type) {
      case 'off':
      case 'stopped':
        return { type: 'off' };
      case 'waiting':
        return { type: 'offline', words: phase.words };
      case 'preparing':
        return { type: 'connecting' };
      case 'turned-away':
        return { type: 'turned-away', words: turnedAwayWords(phase.end) };
      case 'open':
        if (phase.step === 'connecting') return { type: 'connecting' };
        if (this.held !== undefined) return { type: 'held', words: heldWords(this.held) };
        return { type: phase.step };
    }
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
    const pass = await parts.credentials().catch(() => undefined);
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
          if (turn === this.turn && this.phase.type === 'open' && this.phase.step !== 'connecting')
            this.inbox.put({ type: 'update', update, isAnswer });
        },
        onEnd: (end) => turn === this.turn && this.ended(end, isAgain),
      },
    );
    this.become({ type: 'open', line, step: 'connecting' });
  }

  private hear(line: SyncLine, message: ServerMessage): void {
    switch (message.type) {
      case 'hello':
        if (this.phase.type === 'open' && this.phase.step === 'connecting')
          void this.greeted(line, message.hello);
        else {
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
    this.serverLacks = lacks(hello.stateVector, holding, this.outbox.waitingUpdates());
    if (!this.serverLacks || !hello.mayCarry) return;
    const bytes = await parts.replica.sync.encodeSaved(parts.name, hello.stateVector);
    if (turn === this.turn && bytes.ok) this.outbox.carry(bytes.value);
  }

  private pump(): void {
    for (const { n, parcel } of this.outbox.take())
      this.send({ type: 'edit', n, carried: parcel.type === 'carry', update: parcel.update });
    this.parts.onChange();
  }

  private hold(n: number, reason: HeldReason): void {
    const first = this.outbox.held(n);
    this.held = reason;
    this.holds += 1;
    if (first?.type === 'carry' && reason === 'missing-dependency') this.outbox.dropCarry();
    const { turn } = this;
    this.callOffHold();
    this.callOffHold = this.parts.timers.after(this.delayMs(this.holds), () => {
      if (turn !== this.turn) return;
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
    this.held = undefined;
    this.holds = 0;
    if (this.serverLacks && this.mayCarry && !this.outbox.hasCarry()) this.serverLacks = false;
    this.pump();
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
    if (this.phase.type === 'open' && this.phase.step !== 'connecting') this.pump();
    else this.parts.onChange();
  }

  private ended(end: LineEnd, isAgain: boolean): void {
    const wasIn = this.phase.type === 'open' && this.phase.step !== 'connecting';
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
    this.callOffHold();
    this.held = undefined;
    this.inbox.clear();
    this.turn += 1;
    return this.turn;
  }

  private send(message: ClientMessage): boolean {
    if (this.phase.type !== 'open' || this.phase.step === 'connecting') return false;
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

/** A server whose state vector cannot be read is brought nothing. */
function lacks(there: Uint8Array, here: Uint8Array, unsaved: readonly Uint8Array[]): boolean {
  try {
    return doesServerLack(here, there, unsaved);
  } catch {
    return false;
  }
}
