import { fail, ok, type Result } from '#shared/kernel/result.ts';
import type { Role } from '#shared/model/role.ts';
import {
  mayDelay,
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
  /** Whoever sits at this desk. */
  readonly role: () => Role;
};

/** A desk's Streamdelay server, if it has one. */
export class DelayControl {
  private line: StreamdelaySocket | undefined;
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

  close(): void {
    this.line?.close();
    this.line = undefined;
    this.listeners.clear();
  }

  private open(settings: DelaySettings | undefined): void {
    const { timers } = this.parts;
    const onState = (state: DelayState): void => this.listeners.tell(state);
    this.line =
      settings === undefined
        ? undefined
        : new StreamdelaySocket(settings, { timers, random: Math.random, onState });
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
