import type { Refusal } from '#shared/protocol/refusal.ts';
import type { Command } from '#shared/document/command.ts';
import { isHeldForSheet } from '#shared/model/waits-for-sheet.ts';
import type { CollectorParts } from './collector-parts.ts';
import type { Decider } from './decider.ts';
import type { DecidedEntry } from './inbox.ts';
import type { Outcome, SightedFields, Verdict } from './verdict.ts';

export type Application = { readonly row: number; readonly outcomes: readonly Outcome[] };

/** Writes into the catalogue what was decided about a message; on this disk when it answers. Doing it twice does it once. */
export async function applyDecided(
  parts: CollectorParts,
  decider: Decider,
  { row, verdicts }: DecidedEntry,
): Promise<Application | 'later'> {
  const outcomes = await Promise.all(verdicts.map((verdict) => applyVerdict(parts, verdict)));
  if (outcomes.includes('later')) return 'later';
  decider.release(verdicts);
  return { row, outcomes: outcomes.filter((outcome) => outcome !== 'later') };
}

async function applyVerdict(parts: CollectorParts, verdict: Verdict): Promise<Outcome | 'later'> {
  switch (verdict.kind) {
    case 'ignored':
    case 'limited':
    case 'waiting':
      return verdict.kind;
    case 'known': {
      const hasNews = Object.keys(verdict.fields).length > 0 || isArchived(parts, verdict);
      const refusal = hasNews ? await add(parts, verdict.link, verdict.fields) : undefined;
      return refusal?.retryable === true ? 'later' : 'known';
    }
    case 'add': {
      const refusal = await add(parts, verdict.link, verdict.fields);
      return refusal === undefined
        ? outcomeOfAdded(parts, verdict)
        : outcomeOfRefusal(parts, verdict, refusal);
    }
  }
}

/** @returns why it was not done; undefined also when there was nothing left to do */
async function add(
  { replica }: CollectorParts,
  link: Verdict['link'],
  fields: SightedFields,
): Promise<Refusal | undefined> {
  const command: Command = { document: 'catalogue', command: { type: 'add-stream', link, fields } };
  const sent = await replica.send(command);
  return sent.ok || sent.error.reason === 'unchanged' ? undefined : sent.error;
}

/** Somebody else may have been first since it was decided, as after a crash. */
function outcomeOfAdded(
  { replica, actor }: CollectorParts,
  verdict: Extract<Verdict, { kind: 'add' }>,
): Outcome {
  const catalogue = replica.catalogue();
  const shown = catalogue.streams.get(catalogue.resolve(verdict.id));
  if (shown?.addedBy !== undefined && shown.addedBy !== actor()) return 'known';
  const waitsForYes = verdict.fields.moderation === 'waiting' && !isHeldForSheet(verdict.fields);
  return waitsForYes ? 'waiting' : 'added';
}

function outcomeOfRefusal(
  { logger }: CollectorParts,
  { link }: Verdict,
  { reason, message, retryable }: Refusal,
): Outcome | 'later' {
  if (retryable) return 'later';
  // The ignore list may have grown since it was decided.
  if (reason === 'forbidden') return 'ignored';
  logger.warn('a link could not be added', { link, reason, message });
  return 'failed';
}

function isArchived({ replica }: CollectorParts, { id }: Extract<Verdict, { kind: 'known' }>): boolean {
  const catalogue = replica.catalogue();
  return catalogue.streams.get(catalogue.resolve(id))?.archived === true;
}
