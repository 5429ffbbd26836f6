import type { StreamView } from '#shared/document/view.ts';
import type { CollectorParts } from './collector-parts.ts';
import type { Holder } from './hold-waiting.ts';
import type { AppliedEntry } from './inbox.ts';
import type { Outcome, Verdict } from './verdict.ts';

/**
 * Waits until the server has saved what a message led to, and tells whoever posted it. What is said is true then: what the
 * server refused is not called added.
 */
export async function giveAnswer(
  parts: CollectorParts,
  holder: Pick<Holder, 'isHeld' | 'answered'>,
  entry: AppliedEntry,
): Promise<number | 'later'> {
  const { saved, platform, tally } = parts;
  await saved.settled();
  holder.answered(entry.row);
  const outcomes = entry.outcomes.map((outcome, index) => check(parts, outcome, entry.verdicts[index]));
  const copied = await copyAccepted(parts, entry.verdicts, outcomes);
  const mayBeHeld = holder.isHeld(entry.row) || entry.isFromBefore;
  const said = await platform.answer(entry.message, outcomes, mayBeHeld);
  if (said === 'later' || !copied) return 'later';
  for (const outcome of outcomes) tally.outcome(outcome);
  tally.answered(Math.max(0, parts.nowMs() - entry.message.atMs));
  return entry.row;
}

/** A stream that is said to be there has to be there. */
function check(parts: CollectorParts, outcome: Outcome, verdict: Verdict | undefined): Outcome {
  if (outcome !== 'added' && outcome !== 'waiting' && outcome !== 'known') return outcome;
  return verdict !== undefined && 'id' in verdict && find(parts, verdict) !== undefined ? outcome : 'failed';
}

function find(
  { replica }: CollectorParts,
  { id }: Extract<Verdict, { id: unknown }>,
): StreamView | undefined {
  const catalogue = replica.catalogue();
  return catalogue.streams.get(catalogue.resolve(id));
}

async function copyAccepted(
  parts: CollectorParts,
  verdicts: readonly Verdict[],
  outcomes: readonly Outcome[],
): Promise<boolean> {
  if (parts.copy === undefined) return true;
  const accepted = verdicts.flatMap((verdict, index) => {
    if (outcomes[index] !== 'added' || !('id' in verdict)) return [];
    return find(parts, verdict) ?? [];
  });
  if (accepted.length === 0) return true;
  try {
    await parts.copy.append(accepted);
    return true;
  } catch (error) {
    parts.tally.copyFailed();
    parts.logger.warn('a stream could not be copied; it is tried again', { error: String(error) });
    return false;
  }
}
