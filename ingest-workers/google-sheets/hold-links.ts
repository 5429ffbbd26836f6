import type { CatalogueCommand } from '#shared/document/command.ts';
import type { CatalogueView, StreamView } from '#shared/document/view.ts';
import type { StreamId } from '#shared/model/ids.ts';
import { WAITS_FOR_SHEET } from '#shared/model/waits-for-sheet.ts';

const MAX_TAGS = 50;

/**
 * Sheet first: a link that a bot found waits until the sheet has it. While it does, it is shown among what waits, and nothing
 * puts it on a wall by itself. A person may accept or refuse it before.
 *
 * What is to be held of the streams that appeared lately. What people add is not; nor what has a row, waits for something
 * else, or was decided on.
 */
export function planHolds(
  appeared: Iterable<StreamView>,
  inSheet: (id: StreamId) => boolean,
): readonly CatalogueCommand[] {
  return [...appeared]
    .filter(({ id, addedBy, moderation, archived, tags = [] }) => {
      const isFromBot = addedBy?.startsWith('service:') === true;
      const isOpen = moderation === undefined && archived !== true && tags.length < MAX_TAGS;
      return isFromBot && isOpen && !inSheet(id) && !tags.includes(WAITS_FOR_SHEET);
    })
    .map(({ id, tags = [] }) => ({
      type: 'edit-stream',
      id,
      changes: { moderation: 'waiting', tags: [...tags, WAITS_FOR_SHEET] },
    }));
}

/** Lets go of what the sheet has now, and takes the mark from what a person has decided on meanwhile. */
export function planReleases(
  view: CatalogueView,
  isInSheet: (id: StreamId) => boolean,
): readonly CatalogueCommand[] {
  return [...view.streams.values()].flatMap((stream): readonly CatalogueCommand[] => {
    const { id, tags = [], moderation } = stream;
    if (!tags.includes(WAITS_FOR_SHEET)) return [];
    if (moderation === 'waiting' && !isInSheet(id)) return [];
    const left = tags.filter((tag) => tag !== WAITS_FOR_SHEET);
    const changes = {
      tags: left.length === 0 ? null : left,
      ...(moderation === 'waiting' ? { moderation: null } : {}),
    };
    return [{ type: 'edit-stream', id, changes }];
  });
}
