import { describe, expect, it } from 'vitest';
import { markOf, SeenBoard } from './seen-board.ts';

const bytesOf = (...marks: string[]): Buffer => Buffer.from(`x${marks.join('~')}~`);

function hear(board: SeenBoard, reader: number, ...marks: string[]): void {
  const bytes = bytesOf(...marks);
  board.hear(reader, reader, bytes, 0, bytes.length);
}

describe('what was seen', () => {
  it('is counted once a reader, and nobody sees what is their own', () => {
    const board = new SeenBoard({ writers: 2, readers: 2, audience: 1 });
    board.send(0, 0);
    hear(board, 0, markOf(0, 1));
    expect(board.seen).toBe(0);
    hear(board, 1, markOf(0, 1));
    hear(board, 1, markOf(0, 1));
    expect(board.seen).toBe(1);
  });

  it('holds the earlier edits of a writer, which a server may leave out', () => {
    const done: number[] = [];
    const board = new SeenBoard({ writers: 1, readers: 3, audience: 2, onSeenByAll: (w) => done.push(w) });
    for (let i = 0; i < 3; i++) board.send(0, 0);
    hear(board, 1, markOf(0, 3));
    expect([board.seen, done]).toEqual([3, []]);
    hear(board, 2, markOf(0, 1), markOf(0, 2));
    expect([board.seen, done]).toEqual([5, [0, 0]]);
  });
});
