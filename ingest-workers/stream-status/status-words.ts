import type { CatalogueCommand, StreamChanges } from '#shared/document/command.ts';
import type { StreamView } from '#shared/document/view.ts';
import type { Memory } from './belief.ts';

/** How the reason of a live stream begins while its end is not certain; screens may show that in their own way. */
export const MAYBE_ENDED = 'Maybe ended: ';

const MAX_REASON = 500;
const MAX_TITLE = 500;

/** A title that this checker wrote, and for which broadcast. */
export type OwnTitle = Readonly<{ title: string; startedAt: number | undefined }>;

/**
 * The commands that bring a stream of the document to what a checker believes of it; none if it says so already, or if a
 * person's word holds. `own`: the title that this checker wrote last; another's stays.
 */
export function planStatusWords(
  view: StreamView,
  memory: Memory,
  own: OwnTitle | undefined,
  nowMs: number,
): readonly CatalogueCommand[] {
  if (view.manualUntil !== undefined && nowMs < view.manualUntil) return [];
  // Nobody has asked yet: what another checker wrote stands.
  if (memory.askedAt === undefined) return [];
  const { status } = memory.belief;
  const reason = reasonOf(memory);
  const isSaid =
    view.status === status && (view.statusReason ?? '') === reason && view.manualUntil === undefined;
  const changes = status === 'live' && !memory.belief.isMaybeEnded ? detailsOf(view, memory, own) : {};
  return [
    ...(isSaid ? [] : [{ type: 'set-stream-status' as const, id: view.id, status, reason }]),
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

/**
 * What is written once a broadcast: when it begins, or as soon as it is known, for whoever tells that it begins may not
 * tell the title. What changes in the course of it would only tick.
 */
function detailsOf(view: StreamView, memory: Memory, own: OwnTitle | undefined): StreamChanges {
  const { startedAt, orientation } = memory.details;
  const begins = isBeginning(view, memory);
  const title = memory.details.title?.trim().slice(0, MAX_TITLE) ?? '';
  const isOwn = own !== undefined && view.title === own.title;
  const isOld = begins || own?.startedAt !== memory.lastStartedAt;
  const mayTitle = isOld && (view.title === undefined || isOwn);
  const mayStart = begins || view.startedAt === undefined;
  return {
    ...(startedAt !== undefined && mayStart && startedAt !== view.startedAt ? { startedAt } : {}),
    ...(title !== '' && title !== view.title && mayTitle ? { title } : {}),
    ...(orientation === undefined || view.orientation !== undefined ? {} : { orientation }),
  };
}
