import type { Timers } from '../documents/timers.ts';
import { repeatInTurn } from '../repeat-in-turn.ts';
import { RulePerformer, type RulePerformerParts } from './rule-performer.ts';

/** How often it is looked whether a rule has something to do. */
const ROUND_MS = 1_500;

/** @returns how to stop, and wait for what is under way */
export function startRules(
  parts: RulePerformerParts & { readonly timers: Timers; readonly isResting: () => boolean },
): () => Promise<void> {
  const rules = new RulePerformer(parts);
  const perform = async (): Promise<number> => (parts.isResting() ? 0 : rules.perform());
  const close = async (): Promise<void> => rules.close();
  return repeatInTurn({ name: 'carrying out the rules', everyMs: ROUND_MS, perform, close }, parts);
}
