import type { HeldReason } from '../protocol/sync-messages.ts';
import type { LineState } from '../protocol/sync-state.ts';
import type { LineEnd, SyncLine } from './sync-line.ts';
import { heldWords, turnedAwayWords } from './sync-words.ts';

/** Where one document stands with the server. */
export type Phase =
  | { readonly type: 'off' }
  | { readonly type: 'waiting'; readonly words: string; readonly callOff: () => void }
  | { readonly type: 'preparing' }
  /** Not before `syncing` is anything sent, or what comes taken. */
  | {
      readonly type: 'open';
      readonly line: SyncLine;
      readonly step: 'connecting' | 'comparing' | 'syncing' | 'in-step';
    }
  | { readonly type: 'stopped' }
  | { readonly type: 'turned-away'; readonly end: LineEnd };

type Ready = Phase & { readonly type: 'open'; readonly step: 'syncing' | 'in-step' };

/** Whether the document's own store is at the other end. */
export const isReady = (phase: Phase): phase is Ready =>
  phase.type === 'open' && (phase.step === 'syncing' || phase.step === 'in-step');

/** @param held why the server does not take edits now, if it does not */
export function lineState(phase: Phase, held: HeldReason | undefined): LineState {
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
      if (!isReady(phase)) return { type: 'connecting' };
      return held === undefined ? { type: phase.step } : { type: 'held', words: heldWords(held) };
  }
}
