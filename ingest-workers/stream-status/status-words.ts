import type { CatalogueCommand, StreamChanges } from '#shared/document/command.ts';
import type { StreamView } from '#shared/document/view.ts';
import type { Memory } from './belief.ts';

/** How the reason of a live stream begins while its end is not certain; screens may show that in their own way. */
export const MAYBE_ENDED = 'Maybe ended: ';

const MAX_REASON = 500;
const MAX_TITLE = 500;

/**
 * The commands that bring a stream of the document to what a checker believes of it; none if it says so already, or if a
 * person's word holds. `ownTitle`: the title that this checker wrote last; another's stays.
 */
export function planStatusWords(
  view: StreamView,
  memory: Memory,
  ownTitle: string | undefined,
  nowMs: number,
): readonly CatalogueCommand[] {
  if (view.manualUntil !== undefined && nowMs < view.manualUntil) return [];
  // Nobody has asked yet: what another checker wrote stands.
  if (memory.askedAt === undefined) return [];
  const { status } = memory.belief;
  const reason = reasonOf(memory);
  const isSaid =
    view.status === status && (view.statusReason ?? '') === reason && view.manualUntil === undefined;
  if (isSaid) return [];
  const changes = isBeginning(view, memory) ? beginning(view, memory, ownTitle) : {};
  return [
    { type: 'set-stream-status', id: view.id, status, reason },
    ...(Object.keys(changes).length > 0 ? [{ type: 'edit-stream' as const, id: view.id, changes }] : []),
  ];
}

export function reasonOf({ belief, details }: Memory): string {
  const { startsAt } = details;
  const when =
    belief.status === 'upcoming' && startsAt !== undefined
      ? ` It is to begin at ${new Date(startsAt).toISOString().slice(0, 16).replace('T', ' ')} UTC.`
      : '';
  const words = `${belief.isMaybeEnded ? MAYBE_ENDED : ''}${belief.reason}`;
  return `${words.slice(0, MAX_REASON - when.length)}${when}`;
}

const isBeginning = (view: StreamView, { belief }: Memory) =>
  belief.status === 'live' && view.status !== 'live';

/** What is written once a broadcast, when it begins: what changes in the course of it would only tick. */
function beginning(view: StreamView, { details }: Memory, ownTitle: string | undefined): StreamChanges {
  const title = details.title?.trim().slice(0, MAX_TITLE) ?? '';
  const mayTitle =
    title !== '' && title !== view.title && (view.title === undefined || view.title === ownTitle);
  return {
    ...(details.startedAt === undefined ? {} : { startedAt: details.startedAt }),
    ...(mayTitle ? { title } : {}),
    ...(details.orientation === undefined || view.orientation !== undefined
      ? {}
      : { orientation: details.orientation }),
  };
}
