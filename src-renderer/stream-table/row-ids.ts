import { StreamId } from '#shared/model/ids.ts';

/** Ids of elements of the page by which the search field and the list speak of each other. */
export const LIST_ID = 'stream-list';

export function rowId(stream: StreamId): string {
  return `stream-row-${stream}`;
}

/** The stream whose row an element belongs to. */
export function streamOfRow(target: EventTarget | null): StreamId | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-stream]') : null;
  const id = StreamId.safeParse(row?.dataset['stream']);
  return id.success ? id.data : null;
}
