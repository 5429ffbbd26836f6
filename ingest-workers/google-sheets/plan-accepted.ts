import type { CatalogueView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import type { AcceptedStream } from '../collect/accepted-queue.ts';
import type { Agreed } from './agreed.ts';
import { newRow, type NewRow } from './plan-sync.ts';
import type { SheetLayout } from './sheet-layout.ts';

/** What bots handed over: a row for what left the catalogue before the sheet had it, and what is done with. */
export type AcceptedPlan = Readonly<{ appends: readonly NewRow[]; done: readonly StreamId[] }>;

/** A stream that is in the catalogue gets its row with all others, and is done with once it has had one. */
export function planAccepted(
  accepted: readonly AcceptedStream[],
  inSheet: (id: StreamId) => boolean,
  before: Agreed['streams'],
  view: CatalogueView,
  layout: SheetLayout,
): AcceptedPlan {
  const appends: NewRow[] = [];
  const done: StreamId[] = [];
  for (const stream of accepted) {
    const id = view.resolve(stream.id);
    const shown = view.streams.get(id);
    if (inSheet(id) || before[id] !== undefined || before[stream.id] !== undefined) done.push(stream.id);
    else if (shown?.moderation === 'refused') done.push(stream.id);
    else if (shown === undefined || shown.archived === true) appends.push(newRow(shown ?? stream, layout));
  }
  return { appends, done };
}
