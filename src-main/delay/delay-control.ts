import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Role } from '#shared/model/role.ts';
import type { ShownDelay } from '#shared/protocol/delay-presence.ts';
import {
  mayDelay,
  type DelayMark,
  type DelaySettings,
  type DelayState,
  type DelayWish,
} from '#shared/protocol/delay-state.ts';
import type { Done } from '#shared/protocol/ipc-contract.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { SyncTimers } from '#shared/replica/sync-surroundings.ts';
import { createListeners } from '#shared/kernel/listeners.ts';
import { StreamdelaySocket } from './streamdelay-socket.ts';
import type { DelaySettingsFile } from './delay-settings-file.ts';

export type DelayControlParts = {
  readonly file: DelaySettingsFile;
  readonly timers: SyncTimers;
  readonly nowMs: () => number;
  /** A random name for a line to a server. */
  readonly newMark: () => DelayMark;
  /** Whoever sits at this desk. */
  readonly role: () => Role;
};

/** A desk's Streamdelay server, if it has one. */
export class DelayControl {
  private line: StreamdelaySocket | undefined;
  private mark: DelayMark | undefined;
  private readonly listeners = createListeners<DelayState>();
  private readonly parts: DelayControlParts;

  constructor(parts: DelayControlParts) {
    this.parts = parts;
    this.open(parts.file.read());
  }

  state(): DelayState {
    return this.line?.state() ?? { type: 'off' };
  }

  /** @returns how to stop */
  onState(listener: (state: DelayState) => void): () => void {
    return this.listeners.add(listener);
  }

  /** Null: none any more. */
  set(settings: DelaySettings | null): Result<Done, Refusal> {
    if (this.parts.role() !== 'admin' && this.parts.role() !== 'operator') return fail(forbidden);
    this.line?.close();
    this.open(settings ?? undefined);
    this.listeners.tell(this.state());
    return this.parts.file.write(settings ?? undefined)
      ? ok({})
      : ok({ words: 'This could not be kept: after the next start it is as it was before.' });
  }

  async ask(wish: DelayWish): Promise<Result<Done, Refusal>> {
    if (!mayDelay(this.parts.role(), wish.type)) return fail(forbidden);
    return this.line?.ask(wish) ?? fail(none);
  }

  /** What others may know of it; undefined where there is none. */
  shown(): ShownDelay | undefined {
    const { mark } = this;
    const state = this.state();
    if (mark === undefined || state.type === 'off') return undefined;
    const { server: _, ...heard } = state;
    return { at: mark, heard };
  }

  /**
   * For somebody elsewhere, whose rights were looked at there.
   * @returns undefined where there is no such line (any more)
   */
  async obey(at: DelayMark, wish: DelayWish): Promise<Result<Done, Refusal> | undefined> {
    return at === this.mark ? this.line?.ask(wish) : undefined;
  }

  close(): void {
    this.line?.close();
    this.line = undefined;
    this.listeners.clear();
  }

  private open(settings: DelaySettings | undefined): void {
    const { timers, nowMs, newMark } = this.parts;
    this.mark = settings === undefined ? undefined : newMark();
    const onState = (state: DelayState): void => this.listeners.tell(state);
    this.line =
      settings === undefined
        ? undefined
        : new StreamdelaySocket(settings, { timers, nowMs, random: Math.random, onState });
  }
}

const forbidden: Refusal = {
  reason: 'forbidden',
  message: 'Your role does not allow that. Ask an admin or operator.',
  retryable: false,
};

const none: Refusal = {
  reason: 'not-found',
  message: 'No Streamdelay server is set up here. Name one in the settings.',
  retryable: false,
};
