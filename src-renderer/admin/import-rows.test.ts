import { describe, expect, it } from 'vitest';
import { ok, type Result } from '#shared/kernel/result.ts';
import { importRows, readRows, type ImportState } from './import-rows.ts';

describe('importing streams', () => {
  it('reads CSV and JSON, with or without a head around it, and leaves out what has no link', () => {
    expect(readRows('\uFEFFLink,Title\r\nhttps://a.example/1,One\r\n,No link\r\n')).toEqual([
      { link: 'https://a.example/1', title: 'One' },
    ]);
    const list = [{ link: 'https://a.example/1' }, { title: 'none' }];
    for (const text of [JSON.stringify(list), JSON.stringify({ streams: list })])
      expect(readRows(text)).toEqual([{ link: 'https://a.example/1' }]);
    for (const text of ['', '{', '[1]', 'just words', '{"streams":3}']) expect(readRows(text)).toEqual([]);
  });

  it('sends some at a time, says how far it is, and what was refused; and can be stopped', async () => {
    const rows = Array.from({ length: 250 }, (_, index) => ({
      link: `https://a.example/${String(index)}`,
      title: '',
    }));
    const states: ImportState[] = [];
    const send = async (body: unknown): Promise<Result<unknown, string>> => {
      const { streams } = body as { streams: unknown[] };
      expect(streams[0]).not.toHaveProperty('title');
      const results = streams.map((_, index) =>
        index === 3 ? { index, result: 'failed', errors: ['no'] } : { index, result: 'created', errors: [] },
      );
      return Promise.resolve(ok({ rows: results }));
    };
    expect(
      await importRows(rows, { send, show: (state) => states.push(state), isStopped: () => false }),
    ).toBeUndefined();
    expect(states.map(({ done }) => done)).toEqual([0, 100, 200, 250, 250]);
    expect(states.at(-1)).toMatchObject({ isRunning: false, added: 247, known: 0 });
    expect(states.at(-1)?.refused.map(({ row }) => row)).toEqual([4, 104, 204]);
    const stopped: ImportState[] = [];
    await importRows(rows, {
      send,
      show: (state) => stopped.push(state),
      isStopped: () => stopped.length > 1,
    });
    expect(stopped.at(-1)).toMatchObject({ isRunning: false, done: 100 });
  });
});
