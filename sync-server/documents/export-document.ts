import * as Y from 'yjs';
import type { ServedDocument } from './document-name.ts';
import { loadRoomDocument } from './room-document.ts';
import type { StoredUpdate, UpdateLog } from './update-log.ts';

export type ExportForm = 'json' | 'yjs';

const PAGE = 1_000;
/** A longer history is left out: an export is held in memory, several times over. */
const MAX_HISTORY_BYTES = 128 * 1_048_576;

/**
 * A whole document: as one Yjs update (v1), which any Yjs program reads; or as JSON, which people and scripts read, with
 * the history as far as the store remembers it, and the same update to import it by.
 * @returns undefined when nobody wrote to it yet. @throws {LogUnavailable}
 */
export async function exportDocument(
  served: ServedDocument,
  log: UpdateLog,
  form: ExportForm,
  nowMs: number,
): Promise<{ readonly bytes: Uint8Array; readonly last: number } | undefined> {
  const { doc, known } = await loadRoomDocument(served, log);
  try {
    if (known === 0) return undefined;
    const state = Y.encodeStateAsUpdate(doc);
    if (form === 'yjs') return { bytes: state, last: known };
    const roots = Object.fromEntries(
      Object.keys(served.roots).map((root) => [root, doc.getMap(root).toJSON()]),
    );
    const text = JSON.stringify(
      {
        ...{ format: 'streamwall-document', version: 1, document: served.name, store: await log.storeId() },
        ...{ exportedAt: new Date(nowMs).toISOString(), last: known, roots },
        state: Buffer.from(state).toString('base64'),
        history: await readHistory(served.name, log, known),
      },
      undefined,
      1,
    );
    return { bytes: Buffer.from(text), last: known };
  } finally {
    doc.destroy();
  }
}

async function readHistory(document: string, log: UpdateLog, last: number): Promise<readonly unknown[]> {
  const history: unknown[] = [];
  let after = 0;
  let bytes = 0;
  for (;;) {
    const rows = await log.read(document, after, PAGE);
    bytes += rows.reduce((sum, row) => sum + row.bytes.length, 0);
    if (bytes > MAX_HISTORY_BYTES) return [];
    history.push(...rows.filter(({ number }) => number <= last).map(describeUpdate));
    after = rows.at(-1)?.number ?? last;
    if (after >= last) return history;
  }
}

const describeUpdate = ({ number, actor, atMs, carried, bytes }: StoredUpdate): unknown => ({
  ...{ number, actor, atMs, carried },
  bytes: Buffer.from(bytes).toString('base64'),
});
