import * as Y from 'yjs';
import { openCatalogue } from '#shared/document/project-catalogue.ts';
import { openWall } from '#shared/document/project-wall.ts';
import { WallId } from '#shared/model/ids.ts';
import type { ServedDocument } from '../documents/document-name.ts';
import { RoomDocument } from '../documents/room-document.ts';
import type { UpdateLog } from '../documents/update-log.ts';
import type { DocumentHistory, HistoryChange, PastDocument, PastView } from './document-history.ts';
import { watchEdits } from './read-edits.ts';

const PAGE = 1_000;
const MAX_LIMIT = 500;

/** The history in an update log. */
export function createDocumentHistory(log: UpdateLog): DocumentHistory {
  const atNumber = async (served: ServedDocument, number: number): Promise<PastDocument> => {
    const past = await readPast(log, served, number);
    if (past === undefined) return { type: 'forgotten' };
    const view = readView(served, past.doc);
    past.doc.destroy();
    return { type: 'past', number: past.known, view };
  };
  return {
    list: async ({ name }, { before, limit }) => {
      const end = Math.min(before ?? Number.MAX_SAFE_INTEGER, (await log.last(name)) + 1);
      const count = Math.min(Math.max(Math.trunc(limit), 1), MAX_LIMIT);
      const rows = await log.read(name, Math.max(0, end - 1 - count), count);
      return rows
        .filter(({ number }) => number < end)
        .map(({ number, actor, atMs, carried, bytes }) => ({
          number,
          actor,
          atMs,
          carried,
          bytes: bytes.length,
        }))
        .toReversed();
    },
    at: async (served, timeMs) => {
      const number = await numberAt(log, served.name, timeMs);
      return number === undefined ? { type: 'forgotten' } : atNumber(served, number);
    },
    atNumber,
    changes: async (served, after, upTo) => {
      const past = await readPast(log, served, after);
      if (past === undefined) return 'forgotten';
      const watch = watchEdits(past.doc, served.roots);
      const changes: HistoryChange[] = [];
      for (const row of await log.read(served.name, after, MAX_LIMIT)) {
        if (row.number > upTo) break;
        if (row.number !== after + changes.length + 1) return 'forgotten';
        const { number, actor, atMs, carried } = row;
        past.takeStored([row]);
        changes.push({ number, actor, atMs, carried, edits: watch.take() });
      }
      past.doc.destroy();
      return changes;
    },
  };
}

/** The document after an update; undefined when what it was made of is not kept any more. */
export async function readPast(
  log: UpdateLog,
  served: ServedDocument,
  number: number,
): Promise<RoomDocument | undefined> {
  const past = new RoomDocument(served);
  const checkpoint = number === 0 ? undefined : await log.readCheckpoint(served.name, number);
  if (checkpoint !== undefined) {
    Y.applyUpdateV2(past.doc, checkpoint.bytes);
    past.known = checkpoint.upTo;
  }
  while (past.known < number) {
    const rows = await log.read(served.name, past.known, Math.min(PAGE, number - past.known));
    if (rows.length === 0) return past;
    for (const row of rows) {
      if (row.number !== past.known + 1) return undefined;
      past.takeStored([row]);
      past.known = row.number;
    }
  }
  return past;
}

/**
 * The number of the last update up to a time, 0 before the first. Numbers and times go up together, but for what the clocks
 * of several servers differ. Undefined when it is not kept any more.
 */
async function numberAt(log: UpdateLog, name: string, timeMs: number): Promise<number | undefined> {
  const [first] = await log.read(name, 0, 1);
  if (first === undefined) return log.last(name);
  if (first.atMs > timeMs) return first.number === 1 ? 0 : undefined;
  let low = first.number;
  let high = await log.last(name);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const [row] = await log.read(name, middle - 1, 1);
    if (row !== undefined && row.atMs <= timeMs) low = middle;
    else high = middle - 1;
  }
  return low;
}

function readView(served: ServedDocument, doc: Y.Doc): PastView {
  if (served.kind === 'catalogue') {
    const projection = openCatalogue(doc);
    const catalogue = projection.view();
    projection.dispose();
    return { kind: 'catalogue', catalogue };
  }
  const projection = openWall(doc, WallId.parse(served.name.slice('wall:'.length)));
  const wall = projection.view();
  projection.dispose();
  return { kind: 'wall', wall };
}
