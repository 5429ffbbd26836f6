import type { StreamId } from '#shared/model/ids.ts';

/** Ids of elements of the page by which the search field and the list speak of each other. */
export const LIST_ID = 'stream-list';

export function rowId(stream: StreamId): string {
  return `stream-row-${stream}`;
}
