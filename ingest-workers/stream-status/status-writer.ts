import type { CatalogueCommand } from '#shared/document/command.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { StreamView } from '#shared/document/view.ts';
import type { Logger } from '#shared/kernel/logger.ts';
import type { StreamId } from '#shared/model/ids.ts';
import type { Memory } from './belief.ts';
import type { KnownChannel } from './find-subjects.ts';
import type { StatusCatalogue, StatusView } from './status-view.ts';
import { planStatusWords, reasonOf, type OwnTitle } from './status-words.ts';

/** Brings what is believed into the document, and nothing that is there already. */
export type StatusWriter = {
  /** Writes what is to be said of a stream, if anything. Never rejects. */
  readonly say: (id: StreamId, memory: Memory, known: KnownChannel | undefined) => Promise<void>;
  readonly written: () => number;
};

const MAX_TITLES = 20_000;

export function createStatusWriter(catalogue: StatusCatalogue, clock: Clock, logger: Logger): StatusWriter {
  /** The titles that this checker wrote; a title of somebody else's stays. */
  const titles = new Map<StreamId, OwnTitle>();
  const busy = new Set<StreamId>();
  let written = 0;

  const send = async (command: CatalogueCommand, startedAt: number | undefined): Promise<boolean> => {
    const done = await catalogue.send({ document: 'catalogue', command });
    if (done.ok) {
      written += 1;
      if (command.type === 'edit-stream' && typeof command.changes.title === 'string') {
        if (titles.size > MAX_TITLES) titles.clear();
        titles.set(command.id, { title: command.changes.title, startedAt });
      }
      return true;
    }
    // A person's word that came between, a stream that was removed: looked at again before long.
    if (done.error.reason === 'not-stored' || done.error.reason === 'limit')
      logger.warn('A status could not be written.', {
        reason: done.error.reason,
        message: done.error.message,
      });
    return done.error.reason === 'unchanged';
  };

  const say: StatusWriter['say'] = async (id, memory, known) => {
    if (busy.has(id)) return;
    busy.add(id);
    try {
      for (const command of planSaying(
        catalogue.catalogue(),
        id,
        memory,
        known,
        titles.get(id),
        clock.nowMs(),
      ))
        if (!(await send(command, memory.lastStartedAt))) return;
    } finally {
      busy.delete(id);
    }
  };
  return { say, written: () => written };
}

function planSaying(
  view: StatusView,
  id: StreamId,
  memory: Memory,
  known: KnownChannel | undefined,
  own: OwnTitle | undefined,
  nowMs: number,
): readonly CatalogueCommand[] {
  const stream = view.streams.get(view.resolve(id));
  if (stream?.archived === true) return planReturn(stream, memory, known, nowMs);
  if (stream !== undefined) return planStatusWords(stream, memory, own, nowMs);
  if (known === undefined || memory.belief.status !== 'live') return [];
  const { streamer, url } = known;
  const title = memory.details.title?.slice(0, 500);
  return [
    {
      type: 'add-stream',
      link: url.url,
      fields: {
        streamer: streamer.id,
        source: streamer.name,
        status: 'live',
        statusReason: reasonOf(memory),
        ...(title === undefined ? {} : { title }),
      },
    },
  ];
}

/** A known streamer's stream that was put away comes back with the next broadcast, not with the one it was put away in. */
function planReturn(
  stream: StreamView,
  memory: Memory,
  known: KnownChannel | undefined,
  nowMs: number,
): readonly CatalogueCommand[] {
  if (known === undefined) return [];
  const words = planStatusWords(stream, memory, undefined, nowMs);
  const isBack = memory.belief.status === 'live' && stream.status !== 'live' && words.length > 0;
  return [
    ...(isBack ? [{ type: 'edit-stream' as const, id: stream.id, changes: { archived: null } }] : []),
    ...words,
  ];
}
