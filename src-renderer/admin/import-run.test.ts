import 'fake-indexeddb/auto';
import Papa from 'papaparse';
import { describe, expect, it, vi } from 'vitest';
import { fail, ok, type Result } from '#shared/kernel/result.ts';
import { createIndexeddbValues } from '../bridge-web/indexeddb-values.ts';
import { createImportKeeper } from './import-keeper.ts';
import { ImportRun } from './import-run.ts';
import { readImport } from './read-import.ts';

const rows = Array.from({ length: 250 }, (_, index) => ({
  link: `https://a.example/${String(index)}`,
  title: '',
}));
const file = { kind: 'streams', rows, leftOut: 0 } as const;
type Sent = { readonly streams: readonly Record<string, unknown>[] } | { readonly csv: string };
const firstOf = (body: unknown): readonly Record<string, unknown>[] => {
  const sent = body as Sent;
  if ('streams' in sent) return sent.streams;
  return Papa.parse<Record<string, unknown>>(sent.csv, { header: true }).data;
};

/** A server that refuses the fourth row of every hundred. */
const report = (body: unknown): Result<unknown, string> =>
  ok({
    rows: firstOf(body).map((_, index) =>
      index === 3 ? { index, result: 'failed', errors: ['no'] } : { index, result: 'created', errors: [] },
    ),
  });

const values = createIndexeddbValues('imports-of-a-test');
const keeperOf = (person: number) => createImportKeeper(values, person);
let people = 0;

describe('an import', () => {
  it('sends some at a time, says how far it is, and what was refused', async () => {
    const run = new ImportRun(
      { send: async (_method, _path, body) => Promise.resolve(report(body)) },
      keeperOf(++people),
    );
    const done: (number | undefined)[] = [];
    run.subscribe(() => done.push(run.now()?.done));
    await run.begin(file, 'list.csv');
    expect([...new Set(done)]).toEqual([0, 100, 200, 250]);
    expect(run.now()).toMatchObject({ isRunning: false, added: 247, known: 0, refused: 3 });
    expect(run.now()?.refusedRows).toEqual(
      [4, 104, 204].map((row) => ({ row, what: `https://a.example/${String(row - 1)}`, why: 'no' })),
    );
  });

  it('sends the cells of a sheet as cells, so that what was exported can be imported', async () => {
    const sheet = `link,is_pinned,notes,city\r\nhttps://a.example/1,true,"'=1, ""2""",`;
    const read = readImport(`${sheet}\r\n`);
    if (!read.ok) throw new Error(read.error);
    expect(read.value.rows[0]).toMatchObject({ notes: '=1, "2"' });
    const sent: unknown[] = [];
    const send = async (_method: string, _path: string, body?: unknown) => {
      sent.push(body);
      return Promise.resolve(report(body));
    };
    await new ImportRun({ send }, keeperOf(++people)).begin(read.value, 'streams.csv');
    expect(sent).toEqual([{ csv: sheet }]);
  });

  it('sends no empty cells, and stops when it is told to', async () => {
    const sent: unknown[] = [];
    const run: ImportRun = new ImportRun(
      {
        send: async (_method, _path, body) => {
          sent.push(firstOf(body)[0]);
          run.stop();
          return Promise.resolve(report(body));
        },
      },
      keeperOf(++people),
    );
    await run.begin({ ...file, rows: rows.map((row) => ({ ...row, is_pinned: true })) }, 'list.json');
    expect(sent).toEqual([{ link: 'https://a.example/0', is_pinned: true }]);
    expect(run.now()).toMatchObject({ isRunning: false, done: 100 });
    await run.goOn();
    expect(run.now()).toMatchObject({ done: 200 });
  });

  it('that a server refused or a page lost goes on where it was, for the same person only', async () => {
    const person = ++people;
    const broken = new ImportRun(
      {
        send: async (_method, _path, body) =>
          Promise.resolve(firstOf(body)[0]?.['link'] === rows[0]?.link ? report(body) : fail('Come again.')),
      },
      keeperOf(person),
    );
    await broken.begin(file, 'list.csv');
    expect(broken.now()).toMatchObject({ isRunning: false, done: 100, problem: 'Come again.' });
    const seen: unknown[] = [];
    const api = {
      send: async (_method: string, _path: string, body?: unknown) => {
        seen.push(firstOf(body)[0]?.['link']);
        return Promise.resolve(report(body));
      },
    };
    const later = new ImportRun(api, keeperOf(person));
    await later.load();
    expect(later.now()).toMatchObject({ name: 'list.csv', done: 100, refused: 1, isRunning: false });
    await later.goOn();
    expect(seen).toEqual(['https://a.example/100', 'https://a.example/200']);
    expect(later.now()).toMatchObject({ done: 250, added: 247, refused: 3, problem: undefined });
    await vi.waitFor(async () => expect(await keeperOf(person).read()).toBeUndefined());
    const other = new ImportRun(api, keeperOf(++people));
    await other.load();
    expect(other.now()).toBeUndefined();
  });

  it('of an ignore list says which rules were refused, and which are there already', async () => {
    const rules = ['a.example', 'a.example', 'b c'].map((value) => ({ list_type: 'domain', value }));
    const run = new ImportRun(
      {
        send: async (_method, path) =>
          Promise.resolve(
            path === 'ignore_lists/bulk_create'
              ? ok({
                  created: [{}],
                  errors: [
                    { value: 'a.example', errors: ['value has already been taken'] },
                    { value: 'b c', errors: ['value is no domain'] },
                  ],
                })
              : fail('wrong path'),
          ),
      },
      keeperOf(++people),
    );
    await run.begin({ kind: 'ignore', rows: rules, leftOut: 0 }, 'rules.csv');
    expect(run.now()).toMatchObject({ added: 1, known: 1, refused: 1 });
    expect(run.now()?.refusedRows).toEqual([{ row: 3, what: 'b c', why: 'value is no domain' }]);
  });
});
