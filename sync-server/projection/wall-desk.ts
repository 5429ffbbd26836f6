import { applyWallCommand } from '#shared/document/apply-wall-command.ts';
import type { WallCommand } from '#shared/document/command.ts';
import { WALL_ROOTS } from '#shared/document/document-shape.ts';
import { openWall as projectWall, type WallProjection } from '#shared/document/project-wall.ts';
import type { WallView } from '#shared/document/view.ts';
import type { Result } from '#shared/kernel/result.ts';
import { WallId, type StreamId } from '#shared/model/ids.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { Account } from '../accounts/access.ts';
import type { ServedDocument } from '../documents/document-name.ts';
import { openStoredCopy, type StoredCopy } from '../documents/stored-copy.ts';
import { UnwrittenRoot } from '../documents/unwritten-root.ts';
import type { UpdateLog } from '../documents/update-log.ts';
import { DocumentWriter, type WriterParts } from './document-writer.ts';

type Documents = Awaited<ReturnType<UpdateLog['documents']>>;
type Open = { readonly copy: StoredCopy; readonly wall: WallProjection };
type Parts = WriterParts & { readonly log: UpdateLog; readonly newBatchId: () => string };

/** Walls that are kept in memory. */
const MAX_OPEN = 8;

/** Walls for programs that have no copy of their own. One thing is done at a time. */
export class WallDesk {
  private readonly open = new Map<WallId, Open>();
  private readonly writers = new Map<WallId, DocumentWriter>();
  /** What stood on each wall at which number. */
  private readonly seen = new Map<WallId, { readonly last: number; readonly streams: readonly string[] }>();
  private readonly unruled: UnwrittenRoot;
  private readonly unplaced: UnwrittenRoot;
  private turn: Promise<unknown> = Promise.resolve();
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
    this.unruled = new UnwrittenRoot('rules', parts.log);
    this.unplaced = new UnwrittenRoot('tiles', parts.log);
  }

  /** A wall as it is stored now. @throws {LogUnavailable} */
  async read(id: WallId): Promise<WallView> {
    return this.inTurn(async () => (await this.current(id)).wall.view());
  }

  /**
   * Does what a command says, and waits until it is stored. @param resolveStream which streams turned out to be one
   * @throws {LogUnavailable}, {EditRefused}
   */
  async act(
    id: WallId,
    account: Account,
    command: WallCommand,
    resolveStream: (id: StreamId) => StreamId,
  ): Promise<Result<unknown, Refusal>> {
    return this.inTurn(async () => {
      const { copy, wall } = await this.current(id);
      let result: Result<unknown, Refusal> | undefined;
      let failure: { readonly error: unknown } | undefined;
      const made = await this.writerOf(id).write(copy.doc, copy.known(), [
        {
          account,
          work: ({ context }) =>
            (result = applyWallCommand(copy.doc, wall, command, { ...context(), resolveStream })),
          reject: (error) => (failure = { error }),
        },
      ]);
      if (made === undefined) this.drop(id);
      if (failure !== undefined) throw failure.error;
      if (result === undefined) throw new Error('a wall command was not performed');
      return result;
    });
  }

  /** Of these documents the walls that never had a rule. @throws {LogUnavailable} */
  async withoutRules(documents: Documents): Promise<ReadonlySet<string>> {
    return this.unruled.among(documents.filter(isWall));
  }

  /** Every stream that stands on a wall, or on its bench. @throws {LogUnavailable} */
  async streamsOnWalls(): Promise<readonly string[]> {
    const documents = await this.parts.log.documents();
    const empty = await this.unplaced.among(documents.filter(isWall));
    const streams = new Set<string>();
    for (const { document, last } of documents) {
      const id = WallId.safeParse(document.startsWith('wall:') ? document.slice('wall:'.length) : undefined);
      if (!id.success || empty.has(document)) continue;
      const known = this.seen.get(id.data);
      const seen = known?.last === last ? known : { last, streams: await this.streamsOf(id.data) };
      this.seen.set(id.data, seen);
      for (const stream of seen.streams) streams.add(stream);
    }
    return [...streams];
  }

  private async streamsOf(id: WallId): Promise<readonly string[]> {
    const { tiles, bench } = await this.read(id);
    return [...tiles, ...bench].map(({ stream }) => stream);
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work, work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async current(id: WallId): Promise<Open> {
    const open = this.open.get(id) ?? (await this.openWall(id));
    // The one that was used last is kept longest.
    this.open.delete(id);
    this.open.set(id, open);
    try {
      await open.copy.follow();
      for (const root of [this.unruled, this.unplaced])
        root.note(`wall:${id}`, open.copy.known(), open.copy.doc);
    } catch (error) {
      this.drop(id);
      throw error;
    }
    return open;
  }

  private async openWall(id: WallId): Promise<Open> {
    const [oldest] = this.open.keys();
    if (oldest !== undefined && this.open.size >= MAX_OPEN) this.drop(oldest);
    const { log, clock, newBatchId } = this.parts;
    const copy = await openStoredCopy({
      ...{ served: servedWall(id), log, clock, newBatchId, actor: this.writerOf(id).ownActor },
    });
    return { copy, wall: projectWall(copy.doc, id) };
  }

  private drop(id: WallId): void {
    const open = this.open.get(id);
    open?.wall.dispose();
    open?.copy.close();
    this.open.delete(id);
  }

  private writerOf(id: WallId): DocumentWriter {
    const writer = this.writers.get(id) ?? new DocumentWriter(servedWall(id), this.parts);
    this.writers.set(id, writer);
    return writer;
  }
}

const isWall = ({ document }: Documents[number]): boolean => document.startsWith('wall:');

const servedWall = (id: WallId): ServedDocument => ({ name: `wall:${id}`, kind: 'wall', roots: WALL_ROOTS });
