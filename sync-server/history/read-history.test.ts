import { beforeEach, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { createTestWall, type TestWall } from '#shared/document/test-wall.ts';
import { StreamId, TileId } from '#shared/model/ids.ts';
import { createInMemoryUpdateLog } from '../documents/in-memory-update-log.ts';
import { readDocumentName, type ServedDocument } from '../documents/document-name.ts';
import type { UpdateLog } from '../documents/update-log.ts';
import type { DocumentHistory } from './document-history.ts';
import { createDocumentHistory } from './read-history.ts';

const served = readDocumentName('wall:main') as ServedDocument;
const stream = StreamId.parse('abc');
const [left, right] = [TileId.parse('left'), TileId.parse('right')];

let time: { nowMs: number };
let log: UpdateLog;
let history: DocumentHistory;
let desks: TestWall[];
let batches = 0;

/** Two desks on one wall, every edit of either stored and seen by the other. */
beforeEach(() => {
  time = { nowMs: 1_000_000 };
  log = createInMemoryUpdateLog('0123456789abcdef');
  history = createDocumentHistory(log);
  desks = ['a', 'b'].map((name) => createTestWall(name, time));
  for (const desk of desks) {
    desk.doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin === 'other') return;
      const updates = [{ bytes, actor: desk.context().actor, claims: [desk.doc.clientID], carried: false }];
      void log.append('wall:main', { id: `batch-${String(++batches)}`, atMs: time.nowMs, updates });
      for (const { doc } of desks) if (doc !== desk.doc) Y.applyUpdate(doc, bytes, 'other');
    });
  }
});

const desk = (index: number): TestWall => {
  const found = desks[index];
  if (found === undefined) throw new Error('no such desk');
  return found;
};

const tilesAt = async (timeMs: number): Promise<string[] | string> => {
  const past = await history.at(served, timeMs);
  if (past.type === 'forgotten') return 'forgotten';
  return past.view.kind === 'wall' ? past.view.wall.tiles.map(({ id }) => id).toSorted() : 'no wall';
};

function act(atMs: number, by: number, command: Parameters<TestWall['act']>[0]): void {
  time.nowMs = atMs;
  desk(by).act(command);
}

describe('the history of a document', () => {
  it('[S30] shows a wall as it was at any time', async () => {
    act(1_000_000, 0, { type: 'place-stream', tile: left, stream, at: { x: 0, y: 0, w: 1, h: 1 } });
    act(2_000_000, 1, { type: 'place-stream', tile: right, stream, at: { x: 1, y: 0, w: 1, h: 1 } });
    act(3_000_000, 0, { type: 'remove-tile', tile: left });
    expect(await tilesAt(999_999)).toEqual([]);
    expect(await tilesAt(1_000_000)).toEqual(['left']);
    expect(await tilesAt(2_500_000)).toEqual(['left', 'right']);
    expect(await tilesAt(9_000_000)).toEqual(['right']);
    expect(
      desk(1)
        .view()
        .tiles.map(({ id }) => id),
    ).toEqual(['right']);
  });

  it('[S30] says who did what, and when', async () => {
    act(1_000_000, 0, { type: 'place-stream', tile: left, stream, at: { x: 0, y: 0, w: 1, h: 1 } });
    act(2_000_000, 1, { type: 'blur', tile: left, on: true });
    act(3_000_000, 1, { type: 'remove-tile', tile: left });
    const last = await log.last('wall:main');
    const entries = await history.list(served, { limit: 100 });
    expect(entries.map(({ number, actor, atMs }) => `${String(number)} ${actor} ${String(atMs)}`)).toEqual([
      '3 user:b 3000000',
      '2 user:b 2000000',
      '1 user:a 1000000',
    ]);
    expect(await history.list(served, { limit: 1, before: 3 })).toMatchObject([{ number: 2 }]);
    const changes = await history.changes(served, 0, last);
    if (changes === 'forgotten') throw new Error('forgotten');
    expect(changes.map(({ actor }) => actor)).toEqual(['user:a', 'user:b', 'user:b']);
    expect(changes[0]?.edits).toMatchObject([
      { type: 'record-added', root: 'tiles', id: 'left', fields: { stream: 'abc' } },
    ]);
    expect(changes[1]?.edits).toMatchObject([{ type: 'set', root: 'safety', before: null }]);
    expect(changes[2]?.edits).toContainEqual(
      expect.objectContaining({
        type: 'record-removed',
        root: 'tiles',
        id: 'left',
        fields: expect.objectContaining({ stream: 'abc' }) as unknown,
      }),
    );
    expect(await history.changes(served, 1, 2)).toEqual(changes.slice(1, 2));
  });

  it('[S30] reads on from a checkpoint, and says what is forgotten', async () => {
    act(1_000_000, 0, { type: 'place-stream', tile: left, stream, at: { x: 0, y: 0, w: 1, h: 1 } });
    act(2_000_000, 0, { type: 'place-stream', tile: right, stream, at: { x: 1, y: 0, w: 1, h: 1 } });
    const upTo = await log.last('wall:main');
    await log.writeSnapshot('wall:main', { upTo, bytes: Y.encodeStateAsUpdateV2(desk(0).doc) });
    await log.keepCheckpoint('wall:main', 1);
    act(3_000_000, 1, { type: 'remove-tile', tile: right });
    await log.writeSnapshot('wall:main', { upTo: upTo + 1, bytes: Y.encodeStateAsUpdateV2(desk(0).doc) });
    await log.forget('wall:main', 2_500_000);
    expect(await tilesAt(1_500_000)).toBe('forgotten');
    expect(await tilesAt(3_000_000)).toEqual(['left']);
    expect(await history.changes(served, 0, 9)).toBe('forgotten');
    expect(await history.changes(served, upTo, 9)).toMatchObject([{ actor: 'user:b' }]);
  });
});
