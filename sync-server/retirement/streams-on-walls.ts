import { settleWall } from '#shared/document/apply-wall-command.ts';
import { openWall } from '#shared/document/project-wall.ts';
import { StreamId, WallId } from '#shared/model/ids.ts';
import { readDocumentName, type ServedDocument } from '../documents/document-name.ts';
import { UnwrittenRoot } from '../documents/unwritten-root.ts';
import type { UpdateLog } from '../documents/update-log.ts';
import type { Keeping } from './keeping.ts';

type Seen = { readonly last: number; readonly streams: ReadonlySet<StreamId> };

/** Which streams stand on any wall, the bench and walls that were put away included. Walls are read again when they changed. */
export class StreamsOnWalls {
  private readonly seen = new Map<string, Seen>();
  private readonly unplaced: UnwrittenRoot;
  private readonly keeping: Keeping;

  constructor(keeping: Keeping, log: Pick<UpdateLog, 'withoutWord'>) {
    this.keeping = keeping;
    this.unplaced = new UnwrittenRoot('tiles', log);
  }

  /** Also writes down, wall by wall, what its view had to decide. @throws {LogUnavailable} */
  async find(documents: Awaited<ReturnType<UpdateLog['documents']>>): Promise<ReadonlySet<StreamId>> {
    const streams = new Set<StreamId>();
    const walls = documents.filter(({ document }) => readDocumentName(document)?.kind === 'wall');
    const empty = await this.unplaced.among(walls);
    for (const { document, last } of walls) {
      const served = readDocumentName(document);
      if (served === undefined || empty.has(document)) continue;
      const before = this.seen.get(document);
      const seen = before?.last === last ? before : await this.read(served);
      this.seen.set(document, seen);
      for (const stream of seen.streams) streams.add(stream);
    }
    return streams;
  }

  private async read(served: ServedDocument): Promise<Seen> {
    const { open, store, context } = this.keeping;
    const copy = await open(served);
    try {
      this.unplaced.note(served.name, copy.known(), copy.doc);
      const wall = openWall(copy.doc, WallId.parse(served.name.slice('wall:'.length)));
      const { tiles, bench } = wall.view();
      const streams = new Set([...tiles, ...bench].map(({ stream }) => StreamId.parse(stream)));
      await store(served, copy, () => void settleWall(copy.doc, wall, context()));
      wall.dispose();
      return { last: copy.known(), streams };
    } finally {
      copy.close();
    }
  }
}
