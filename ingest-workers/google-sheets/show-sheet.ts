import type { ShownSheet } from '#shared/protocol/worker-presence.ts';
import { counter, gauge, type Metric } from '../team-program.ts';
import { takeFitting } from '../take-fitting.ts';
import type { SheetState } from './create-sheet-sync.ts';
import type { SheetMode } from './sheet-columns.ts';

const MAX_LISTED = 20;
const LIST_BYTES = 6000;
/** What a program shows of itself is bounded: of what people wrote, the beginning will do. */
const MAX_TEXT = 100;

const listed = <T>(items: readonly T[]): T[] => [...takeFitting(items.slice(0, MAX_LISTED), LIST_BYTES)];

/** What the control room is shown of the sheet. */
export function shownSheet(state: SheetState, mode: SheetMode): ShownSheet {
  const { trouble, waiting, held, rows, inStepAt, nextAt, conflicts, problems } = state;
  return {
    ...{ mode, waiting, held, rows, nextAt },
    ...(trouble === undefined ? {} : { trouble: trouble.slice(0, 500) }),
    ...(inStepAt === undefined ? {} : { inStepAt }),
    conflicts: listed(
      conflicts.map(({ id, column, sheet, document }) => ({
        ...{ id, column },
        sheet: sheet.slice(0, MAX_TEXT),
        document: document.slice(0, MAX_TEXT),
      })),
    ),
    problems: listed(
      problems.map(({ row, text, reason }) => ({
        row,
        text: text.slice(0, MAX_TEXT),
        reason: reason.slice(0, MAX_TEXT),
      })),
    ),
  };
}

/** The sheet's numbers, for whoever watches over it. */
export function sheetMetrics(state: SheetState, nowMs: number): Metric[] {
  const { inStepAt, tally } = state;
  return [
    gauge('sheet_rows', 'Rows that name a stream.', state.rows),
    gauge('sheet_waiting', 'Streams whose row waits to be written.', state.waiting),
    gauge('sheet_held', 'New links that are held back until the sheet has them.', state.held),
    gauge('sheet_conflicts', 'Cells that both sides changed.', state.conflicts.length),
    gauge('sheet_problems', 'Rows whose link cannot be read.', state.problems.length),
    counter('sheet_comparisons_total', 'How often both sides were compared.', tally.comparisons),
    counter('sheet_written_total', 'Cells and rows that were written.', tally.written),
    counter('sheet_taken_total', 'Changes of the sheet that the catalogue took.', tally.taken),
    {
      ...{ name: 'sheet_failures_total', type: 'counter', help: 'Comparisons that failed, by reason.' },
      values: [...tally.failures].map(([reason, value]) => ({ labels: { reason }, value })),
    },
    ...(inStepAt === undefined
      ? []
      : [
          gauge('sheet_lag_seconds', 'Since both sides were in step.', Math.round((nowMs - inStepAt) / 1000)),
        ]),
  ];
}
